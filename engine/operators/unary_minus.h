#ifndef PROMLITE_ENGINE_OPERATORS_UNARY_MINUS_H_
#define PROMLITE_ENGINE_OPERATORS_UNARY_MINUS_H_

#include <span>
#include <string>

#include "promlite/engine/operator.h"
#include "promlite/parser/ast.h"

namespace promlite::internal {

// `-operand`, of a scalar or of each sample of a vector, whose metric names are dropped.
class UnaryMinusOperator final : public Operator {
 public:
  explicit UnaryMinusOperator(const UnaryExpr& expr) : expr_(expr) {}

  std::string Describe() const override { return "-"; }
  absl::StatusOr<Block> Evaluate(ExecContext& context, const StepGrid& grid,
                                 std::span<const Block* const> inputs) const override;

 private:
  const UnaryExpr& expr_;
};

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_OPERATORS_UNARY_MINUS_H_
