#include "promlite/engine/operators/constant.h"

#include "promlite/engine/go_format.h"

namespace promlite::internal {

std::string ConstantOperator::Describe() const { return "number " + GoShortest(value_); }

absl::StatusOr<Block> ConstantOperator::Evaluate(ExecContext&, const StepGrid& grid,
                                                 std::span<const Block* const>) const {
  return ScalarBlock(grid.steps(), value_);
}

}  // namespace promlite::internal
