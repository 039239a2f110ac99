#ifndef PROMLITE_ENGINE_ANSWER_JSON_H_
#define PROMLITE_ENGINE_ANSWER_JSON_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "promlite/engine/answer/query_result.h"

namespace promlite {

// The body of Prometheus' HTTP API for a result, byte for byte:
// {"status":"success","data":{"resultType":"vector","result":[...]}} with "warnings" and "infos" if
// there are any (ten of each at most, as there).
std::string ToJson(const QueryResult& result);

// The body for an error: {"status":"error","errorType":"bad_data","error":"..."}. The type is that
// of the status: InvalidArgument bad_data (with `invalid parameter "query": ` before the message,
// as the API has it), DeadlineExceeded timeout, Cancelled canceled, Internal internal, all else
// execution.
std::string ErrorToJson(const absl::Status& status);

// Sample values and timestamps as the API writes them: shortest digits that read back the same,
// placed as Go places them ("1e-07", "+Inf", "-0").
std::string FormatSampleValue(double value);
// Seconds, without a fraction or with exactly three digits, as in vectors and matrices.
std::string FormatTimestamp(int64_t milliseconds);
// Shortest digits without an exponent, as in count_values and scalars.
std::string FormatFixed(double value);

// A string as Go's JSON encoder writes it inside quotes (<, >, &, U+2028 and U+2029 escaped).
std::string JsonQuote(std::string_view text);

}  // namespace promlite

#endif  // PROMLITE_ENGINE_ANSWER_JSON_H_
