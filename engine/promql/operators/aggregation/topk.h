#ifndef PROMLITE_ENGINE_PROMQL_OPERATORS_AGGREGATION_TOPK_H_
#define PROMLITE_ENGINE_PROMQL_OPERATORS_AGGREGATION_TOPK_H_

#include "promlite/engine/promql/operators/aggregation/aggregate.h"

namespace promlite::promql::internal {

// topk and bottomk: at each step anew the k largest (smallest) samples of each group, with their
// own labels. NaN loses against every number; which of several equal samples stay is decided as by
// Prometheus' heap. The result of one step is ordered: group by group, best first.
class TopkOperator final : public RowAggregateOperator {
 public:
  using RowAggregateOperator::RowAggregateOperator;

 private:
  absl::StatusOr<Block> Aggregate(ExecContext& context, const StepGrid& grid,
                                  const SeriesSet& series, ReadRows read,
                                  const Block* parameter) const override;
};

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_OPERATORS_AGGREGATION_TOPK_H_
