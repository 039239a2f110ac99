#ifndef PROMLITE_ENGINE_PROMQL_OPERATORS_AGGREGATION_AGGREGATE_PARAMETER_H_
#define PROMLITE_ENGINE_PROMQL_OPERATORS_AGGREGATION_AGGREGATE_PARAMETER_H_

#include "absl/status/statusor.h"
#include "promlite/engine/blocks/block.h"
#include "promlite/engine/run/query_context.h"
#include "promlite/parser/promql/namespaces.h"
#include "promlite/parser/text/position.h"

namespace promlite::promql::internal {

// Prometheus checks an aggregation's scalar parameter over all steps before it begins. `parameter`
// is a scalar's block, whose one row is the parameter at each step.

// What a check says to go on with.
enum class ParameterVerdict {
  kEvaluate,
  kEmptyResult,  // no step selects anything
};

// k of topk, bottomk and limitk: FailedPrecondition for NaN and for what is no 64-bit integer,
// unless every k is below 1.
absl::StatusOr<ParameterVerdict> CheckCount(const Block& parameter);

// r of limit_ratio: FailedPrecondition for NaN, warnings for what is beyond 1 and -1.
absl::StatusOr<ParameterVerdict> CheckRatio(const Block& parameter, PositionRange position,
                                            ExecContext& context);

// q of quantile: warnings for NaN and for what is beyond 0 and 1.
void CheckQuantile(const Block& parameter, PositionRange position, ExecContext& context);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_OPERATORS_AGGREGATION_AGGREGATE_PARAMETER_H_
