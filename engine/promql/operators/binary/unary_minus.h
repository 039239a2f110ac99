#ifndef PROMLITE_ENGINE_PROMQL_OPERATORS_BINARY_UNARY_MINUS_H_
#define PROMLITE_ENGINE_PROMQL_OPERATORS_BINARY_UNARY_MINUS_H_

#include <span>
#include <string>

#include "promlite/engine/promql/operator.h"
#include "promlite/parser/promql/ast.h"

namespace promlite::promql::internal {

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

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_OPERATORS_BINARY_UNARY_MINUS_H_
