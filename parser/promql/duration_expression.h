#ifndef PROMLITE_PARSER_PROMQL_DURATION_EXPRESSION_H_
#define PROMLITE_PARSER_PROMQL_DURATION_EXPRESSION_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "promlite/parser/promql/ast.h"

namespace promlite::promql {

// What step() and range() stand for in a duration: those of the outermost query, in seconds; both 0
// for an instant query.
struct DurationContext {
  double step_seconds = 0;
  double range_seconds = 0;
};

// The duration in milliseconds, truncated. A calculated one that is NaN, infinite, out of range,
// divides by zero, or (where `must_be_positive`) is not above zero is InvalidArgument with
// Prometheus' message ("<start>:<end>: duration must be greater than 0").
enum class DurationSign { kMustBePositive, kAny };
absl::StatusOr<int64_t> EvaluateDuration(const Duration& duration, const DurationContext& context,
                                         DurationSign sign);

}  // namespace promlite::promql

#endif  // PROMLITE_PARSER_PROMQL_DURATION_EXPRESSION_H_
