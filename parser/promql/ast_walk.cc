#include "promlite/parser/promql/ast_walk.h"

namespace promlite::promql {

size_t ChildCount(const Expr& expr) {
  switch (expr.kind()) {
    case ExprKind::kNumber:
    case ExprKind::kString:
    case ExprKind::kVectorSelector:
      return 0;
    case ExprKind::kMatrixSelector:
    case ExprKind::kSubquery:
    case ExprKind::kUnary:
    case ExprKind::kParen:
      return 1;
    case ExprKind::kCall:
      return As<Call>(expr).arguments.size();
    case ExprKind::kAggregate:
      return As<AggregateExpr>(expr).parameter != nullptr ? 2 : 1;
    case ExprKind::kBinary:
      return 2;
  }
  return 0;
}

const Expr& Child(const Expr& expr, size_t index) {
  switch (expr.kind()) {
    case ExprKind::kMatrixSelector:
      return *As<MatrixSelector>(expr).selector;
    case ExprKind::kSubquery:
      return *As<SubqueryExpr>(expr).expr;
    case ExprKind::kUnary:
      return *As<UnaryExpr>(expr).expr;
    case ExprKind::kParen:
      return *As<ParenExpr>(expr).expr;
    case ExprKind::kCall:
      return *As<Call>(expr).arguments[index];
    case ExprKind::kAggregate: {
      const auto& aggregate = As<AggregateExpr>(expr);
      return index == 0 ? *aggregate.expr : *aggregate.parameter;
    }
    default: {
      const auto& binary = As<BinaryExpr>(expr);
      return index == 0 ? *binary.lhs : *binary.rhs;
    }
  }
}

const Expr& Unparenthesized(const Expr& expr) {
  const Expr* inside = &expr;
  while (inside->kind() == ExprKind::kParen) inside = As<ParenExpr>(*inside).expr.get();
  return *inside;
}

}  // namespace promlite::promql
