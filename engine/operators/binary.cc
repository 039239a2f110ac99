#include "promlite/engine/operators/binary.h"

#include "promlite/engine/operators/scalar_binary.h"
#include "promlite/engine/operators/set_operator.h"
#include "promlite/engine/operators/unary_minus.h"
#include "promlite/engine/operators/vector_binary.h"

namespace promlite::internal {

std::unique_ptr<Operator> MakeBinary(const BinaryExpr& expr) {
  if (IsSetOperator(expr.op)) return std::make_unique<SetOperator>(expr);
  if (expr.lhs->type() == ValueType::kVector && expr.rhs->type() == ValueType::kVector) {
    return std::make_unique<VectorBinaryOperator>(expr);
  }
  return std::make_unique<ScalarBinaryOperator>(expr);
}

std::unique_ptr<Operator> MakeUnaryMinus(const UnaryExpr& expr) {
  return std::make_unique<UnaryMinusOperator>(expr);
}

}  // namespace promlite::internal
