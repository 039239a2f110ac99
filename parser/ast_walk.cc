#include "promlite/parser/ast_walk.h"

namespace promlite {

std::vector<const Expr*> Children(const Expr& expr) {
  switch (expr.kind()) {
    case ExprKind::kNumber:
    case ExprKind::kString:
    case ExprKind::kVectorSelector:
      return {};
    case ExprKind::kMatrixSelector:
      return {As<MatrixSelector>(expr).selector.get()};
    case ExprKind::kSubquery:
      return {As<SubqueryExpr>(expr).expr.get()};
    case ExprKind::kCall: {
      std::vector<const Expr*> arguments;
      for (const ExprPtr& argument : As<Call>(expr).arguments) arguments.push_back(argument.get());
      return arguments;
    }
    case ExprKind::kAggregate: {
      const auto& aggregate = As<AggregateExpr>(expr);
      if (aggregate.parameter == nullptr) return {aggregate.expr.get()};
      return {aggregate.parameter.get(), aggregate.expr.get()};
    }
    case ExprKind::kBinary:
      return {As<BinaryExpr>(expr).lhs.get(), As<BinaryExpr>(expr).rhs.get()};
    case ExprKind::kUnary:
      return {As<UnaryExpr>(expr).expr.get()};
    case ExprKind::kParen:
      return {As<ParenExpr>(expr).expr.get()};
  }
  return {};
}

void ForEachPostOrder(const Expr& root, const std::function<void(const Expr&)>& visit) {
  struct Step {
    const Expr* expr;
    bool children_done;
  };
  std::vector<Step> stack = {{&root, false}};
  while (!stack.empty()) {
    const Step step = stack.back();
    stack.pop_back();
    if (step.children_done) {
      visit(*step.expr);
      continue;
    }
    stack.push_back({step.expr, true});
    const std::vector<const Expr*> children = Children(*step.expr);
    for (auto child = children.rbegin(); child != children.rend(); ++child) {
      stack.push_back({*child, false});
    }
  }
}

}  // namespace promlite
