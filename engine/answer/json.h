#ifndef PROMLITE_ENGINE_ANSWER_JSON_H_
#define PROMLITE_ENGINE_ANSWER_JSON_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "promlite/engine/answer/query_result.h"
#include "promlite/parser/text/export.h"

namespace promlite {

// The body of Prometheus' HTTP API for a result, byte for byte:
// {"status":"success","data":{"resultType":"vector","result":[...]}} with "warnings" and "infos" if
// there are any (ten of each at most, as there).
PROMLITE_EXPORT std::string ToJson(const QueryResult& result);

// The body for an error: {"status":"error","errorType":"bad_data","error":"..."}. The type is that
// of the status: InvalidArgument bad_data (with `invalid parameter "query": ` before the message,
// as the API has it), DeadlineExceeded timeout, Cancelled canceled, Internal internal, all else
// execution.
PROMLITE_EXPORT std::string ErrorToJson(const absl::Status& status);

// Sample values and timestamps as the API writes them: shortest digits that read back the same,
// placed as Go places them ("1e-07", "+Inf", "-0").
PROMLITE_EXPORT std::string FormatSampleValue(double value);
// Seconds, without a fraction or with exactly three digits, as in vectors and matrices.
PROMLITE_EXPORT std::string FormatTimestamp(int64_t milliseconds);
// Shortest digits without an exponent, as in count_values and scalars.
PROMLITE_EXPORT std::string FormatFixed(double value);
// Shortest digits as messages and native histograms have them, with an exponent below 1e-4 and from
// 1e6 on (Go's %v).
PROMLITE_EXPORT std::string FormatShortest(double value);
// The number that `text` is to Go's strconv.ParseFloat, as in values of the label `le`; nothing if
// it is none.
PROMLITE_EXPORT std::optional<double> ParseSampleValue(std::string_view text);

// A string as Go's JSON encoder writes it inside quotes (<, >, &, U+2028 and U+2029 escaped).
PROMLITE_EXPORT std::string JsonQuote(std::string_view text);

}  // namespace promlite

#endif  // PROMLITE_ENGINE_ANSWER_JSON_H_
