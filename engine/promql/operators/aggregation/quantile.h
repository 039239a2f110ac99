#ifndef PROMLITE_ENGINE_PROMQL_OPERATORS_AGGREGATION_QUANTILE_H_
#define PROMLITE_ENGINE_PROMQL_OPERATORS_AGGREGATION_QUANTILE_H_

#include <span>

#include "promlite/engine/promql/operators/aggregation/aggregate.h"

namespace promlite::promql::internal {

// quantile: at each step the quantile of each group's samples, on the line between the two next to
// it. NaN counts as smallest; quantiles below 0 and above 1 are -Inf and +Inf, that of NaN is NaN.
class QuantileOperator final : public AggregateOperator {
 public:
  using AggregateOperator::AggregateOperator;

  absl::StatusOr<Block> Evaluate(ExecContext& context, const StepGrid& grid,
                                 std::span<const Block* const> inputs) const override;
};

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_OPERATORS_AGGREGATION_QUANTILE_H_
