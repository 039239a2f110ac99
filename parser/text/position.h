#ifndef PROMLITE_PARSER_TEXT_POSITION_H_
#define PROMLITE_PARSER_TEXT_POSITION_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "promlite/parser/text/export.h"

namespace promlite {

// A half-open range of bytes [start, end) in the text of a query.
struct PositionRange {
  int32_t start = 0;
  int32_t end = 0;

  friend bool operator==(const PositionRange&, const PositionRange&) = default;
};

// The place of byte `offset` of `query` as Prometheus writes it: "line:column", both counted from
// 1, the column in bytes.
PROMLITE_EXPORT std::string LineAndColumn(std::string_view query, int32_t offset);

// `status` with the range of the query that it complains about as a payload.
PROMLITE_EXPORT absl::Status WithPosition(absl::Status status, PositionRange range);

// The range of the query that a status returned by Parse() complains about; nothing for other
// statuses. The range stands in the status as a payload, beside the message that names line and
// column.
PROMLITE_EXPORT std::optional<PositionRange> ErrorPosition(const absl::Status& status);

}  // namespace promlite

#endif  // PROMLITE_PARSER_TEXT_POSITION_H_
