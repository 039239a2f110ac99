#ifndef PROMLITE_ENGINE_PROMQL_FUNCTIONS_TIME_H_
#define PROMLITE_ENGINE_PROMQL_FUNCTIONS_TIME_H_

#include "promlite/engine/promql/functions/function_call.h"

namespace promlite::promql::internal {

// The evaluation time, seconds.
absl::StatusOr<Block> Time(const FunctionCall& call);
// timestamp() of anything but a selector, whose samples' own times only the selector knows: the
// evaluation time.
absl::StatusOr<Block> TimestampOfExpression(const FunctionCall& call);
// start_timestamp() where no start timestamps are known: no samples.
absl::StatusOr<Block> StartTimestampOfExpression(const FunctionCall& call);

// Parts of the date, proleptic Gregorian, UTC, of values in seconds (cut to whole ones); without an
// argument of the evaluation time.
absl::StatusOr<Block> Minute(const FunctionCall& call);
absl::StatusOr<Block> Hour(const FunctionCall& call);
absl::StatusOr<Block> DayOfWeek(const FunctionCall& call);  // Sunday is 0
absl::StatusOr<Block> DayOfMonth(const FunctionCall& call);
absl::StatusOr<Block> DayOfYear(const FunctionCall& call);
absl::StatusOr<Block> DaysInMonth(const FunctionCall& call);
absl::StatusOr<Block> Month(const FunctionCall& call);
absl::StatusOr<Block> Year(const FunctionCall& call);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_FUNCTIONS_TIME_H_
