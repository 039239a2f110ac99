#include "promlite/engine/promql/operators/constant.h"

#include "promlite/parser/text/number_printing.h"

namespace promlite::promql::internal {

std::string ConstantOperator::Describe() const { return "number " + GoShortest(value_); }

absl::StatusOr<Block> ConstantOperator::Evaluate(ExecContext&, const StepGrid& grid,
                                                 std::span<const Block* const>) const {
  return ScalarBlock(grid.steps(), value_);
}

}  // namespace promlite::promql::internal
