#include "promlite/engine/promql/operators/binary/binary.h"

#include "promlite/engine/promql/operators/binary/scalar_binary.h"
#include "promlite/engine/promql/operators/binary/set_operator.h"
#include "promlite/engine/promql/operators/binary/unary_minus.h"
#include "promlite/engine/promql/operators/binary/vector_binary.h"

namespace promlite::promql::internal {

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

}  // namespace promlite::promql::internal
