#ifndef PROMLITE_ENGINE_PROMQL_OPERATORS_AGGREGATION_TOPK_H_
#define PROMLITE_ENGINE_PROMQL_OPERATORS_AGGREGATION_TOPK_H_

#include <span>

#include "promlite/engine/promql/operators/aggregation/aggregate.h"

namespace promlite::promql::internal {

// topk and bottomk: at each step anew the k largest (smallest) samples of each group, with their
// own labels. NaN loses against every number; which of several equal samples stay is decided as by
// Prometheus' heap. The result of one step is ordered: group by group, best first.
class TopkOperator final : public AggregateOperator {
 public:
  using AggregateOperator::AggregateOperator;

  absl::StatusOr<Block> Evaluate(ExecContext& context, const StepGrid& grid,
                                 std::span<const Block* const> inputs) const override;
  bool TakesRows() const override { return true; }
  absl::StatusOr<Block> EvaluateRows(ExecContext& context, const StepGrid& grid, RowReader& rows,
                                     std::span<const Block* const> inputs) const override;

 private:
  // offer_all(offer) calls offer(rows, first_series, count) for all series, in their order.
  template <typename OfferAll>
  absl::StatusOr<Block> SelectFrom(ExecContext& context, const SeriesSet& series,
                                   const Block& parameter, OfferAll offer_all) const;
};

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_OPERATORS_AGGREGATION_TOPK_H_
