#ifndef PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_RANGE_FUNCTION_H_
#define PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_RANGE_FUNCTION_H_

#include <memory>
#include <string>

#include "promlite/engine/promql/operator.h"
#include "promlite/engine/promql/operators/leaves/range_vector.h"

namespace promlite::promql::internal {

// `rate(x[5m])` and its kind: range vector and function in one leaf. For each clock, once, which
// samples every step's range holds; then the kernel down each series. Inputs are the call's
// arguments, that of the range vector null or the subquery's block.
class RangeFunctionOperator final : public Operator {
 public:
  explicit RangeFunctionOperator(RangeCall call);

  std::string Describe() const override;
  bool GivesRows() const override { return true; }
  absl::StatusOr<std::unique_ptr<RowReader>> OpenRows(
      ExecContext& context, const StepGrid& grid,
      std::span<const Block* const> inputs) const override;

 private:
  const RangeCall call_;
};

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_RANGE_FUNCTION_H_
