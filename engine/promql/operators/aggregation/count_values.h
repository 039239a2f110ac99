#ifndef PROMLITE_ENGINE_PROMQL_OPERATORS_AGGREGATION_COUNT_VALUES_H_
#define PROMLITE_ENGINE_PROMQL_OPERATORS_AGGREGATION_COUNT_VALUES_H_

#include <span>
#include <string>

#include "promlite/engine/promql/operators/aggregation/aggregate.h"

namespace promlite::promql::internal {

// count_values("label", ...): at each step how many samples of each group have each value, which
// becomes the label. The label takes the place of one of that name before the grouping; `by` keeps
// it besides those listed, `without` unless it is listed. Its series depend on the values: they are
// in the order in which a walk over the input's rows first meets them.
class CountValuesOperator final : public AggregateOperator {
 public:
  using AggregateOperator::AggregateOperator;

  // The label's name.
  absl::Status Check() const override;
  absl::StatusOr<Block> Evaluate(ExecContext& context, const StepGrid& grid,
                                 std::span<const Block* const> inputs) const override;

 private:
  const std::string& ValueLabel() const;
};

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_OPERATORS_AGGREGATION_COUNT_VALUES_H_
