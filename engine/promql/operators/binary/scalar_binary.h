#ifndef PROMLITE_ENGINE_PROMQL_OPERATORS_BINARY_SCALAR_BINARY_H_
#define PROMLITE_ENGINE_PROMQL_OPERATORS_BINARY_SCALAR_BINARY_H_

#include <span>
#include <string>

#include "promlite/engine/promql/operator.h"
#include "promlite/engine/promql/operators/binary/element_operation.h"
#include "promlite/engine/promql/operators/binary/histogram_operation.h"
#include "promlite/parser/promql/ast.h"

namespace promlite::promql::internal {

// A binary operator of two scalars, or of a vector and a scalar in either order: each sample of the
// vector meets the scalar of its step. A comparison without `bool` keeps the vector's samples as
// they are, whichever side the vector is on.
class ScalarBinaryOperator final : public Operator {
 public:
  explicit ScalarBinaryOperator(const BinaryExpr& expr)
      : expr_(expr), operation_(expr.op, expr.return_bool) {}

  std::string Describe() const override;
  absl::StatusOr<Block> Evaluate(ExecContext& context, const StepGrid& grid,
                                 std::span<const Block* const> inputs) const override;

 private:
  // Works on the vector's histograms, which meet the numbers in `scalar`, one a step.
  void OperateOnHistogramsOf(const Block& vector, const double* scalar, Block* result,
                             StepProblems* problems) const;

  const BinaryExpr& expr_;
  const ElementOperation operation_;
};

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_OPERATORS_BINARY_SCALAR_BINARY_H_
