#ifndef PROMLITE_ENGINE_OPERATORS_TOPK_H_
#define PROMLITE_ENGINE_OPERATORS_TOPK_H_

#include <span>

#include "promlite/engine/operators/aggregate.h"

namespace promlite::internal {

// topk and bottomk: at each step anew the k largest (smallest) samples of each group, with their
// own labels. NaN loses against every number; which of several equal samples stay is decided as by
// Prometheus' heap. The result of one step is ordered: group by group, best first.
class TopkOperator final : public AggregateOperator {
 public:
  using AggregateOperator::AggregateOperator;

  absl::StatusOr<Block> Evaluate(ExecContext& context, const StepGrid& grid,
                                 std::span<const Block* const> inputs) const override;
};

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_OPERATORS_TOPK_H_
