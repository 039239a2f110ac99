#ifndef PROMLITE_ENGINE_PROMQL_OPERATORS_AGGREGATION_FOLD_H_
#define PROMLITE_ENGINE_PROMQL_OPERATORS_AGGREGATION_FOLD_H_

#include <span>

#include "promlite/engine/promql/operators/aggregation/aggregate.h"

namespace promlite::promql::internal {

// The aggregations that take in one sample after the other and keep a few numbers: sum, avg, count,
// min, max, group, stddev, stdvar. Series are taken in in their order, at every step, whatever the
// batches and however many threads: so results are the same to the bit.
class FoldOperator final : public AggregateOperator {
 public:
  using AggregateOperator::AggregateOperator;

  absl::StatusOr<Block> Evaluate(ExecContext& context, const StepGrid& grid,
                                 std::span<const Block* const> inputs) const override;
  bool TakesRows() const override { return true; }
  absl::StatusOr<Block> EvaluateRows(ExecContext& context, const StepGrid& grid, RowReader& rows,
                                     std::span<const Block* const> inputs) const override;
};

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_OPERATORS_AGGREGATION_FOLD_H_
