#include "promlite/engine/promql/unit_inference.h"

#include <optional>
#include <unordered_map>

#include "promlite/parser/promql/ast.h"

namespace promlite::promql {
namespace {

// A unit, or a plain number, which takes on the unit of what it is added to; nothing: unknown.
struct Unit {
  std::string text;
  bool is_number = false;
};
using MaybeUnit = std::optional<Unit>;

class Inference {
 public:
  explicit Inference(const UnitOfMetric& unit_of_metric) : unit_of_metric_(unit_of_metric) {}

  std::string Run(const Expr& root) {
    // Operands come before what they are operands of, so that no recursion is needed.
    ForEachPostOrder(root, [&](const Expr& expr) { units_[&expr] = Infer(expr); });
    const MaybeUnit& unit = units_[&root];
    return unit ? unit->text : std::string();
  }

 private:
  MaybeUnit Of(const ExprPtr& expr) const {
    const auto found = units_.find(expr.get());
    return found == units_.end() ? std::nullopt : found->second;
  }

  MaybeUnit Infer(const Expr& expr) const {
    switch (expr.kind()) {
      case ExprKind::kNumber:
        return Unit{"", true};
      case ExprKind::kVectorSelector:
        return OfSelector(As<VectorSelector>(expr));
      case ExprKind::kMatrixSelector:
        return OfSelector(*As<MatrixSelector>(expr).selector);
      case ExprKind::kSubquery:
        return Of(As<SubqueryExpr>(expr).expr);
      case ExprKind::kParen:
        return Of(As<ParenExpr>(expr).expr);
      case ExprKind::kUnary:
        return Of(As<UnaryExpr>(expr).expr);
      case ExprKind::kCall:
        return OfCall(As<Call>(expr));
      case ExprKind::kAggregate:
        return OfAggregate(As<AggregateExpr>(expr));
      case ExprKind::kBinary:
        return OfBinary(As<BinaryExpr>(expr));
      case ExprKind::kString:
        break;
    }
    return std::nullopt;
  }

  MaybeUnit OfSelector(const VectorSelector& selector) const {
    for (const LabelMatcher& matcher : selector.matchers) {
      if (matcher.name == "__name__" && matcher.op == MatchOp::kEqual) {
        std::string unit = unit_of_metric_(matcher.value);
        if (!unit.empty()) return Unit{std::move(unit)};
      }
    }
    return std::nullopt;
  }

  MaybeUnit OfCall(const Call& call) const {
    const UnitRule rule = call.function->unit;
    if (rule == UnitRule::kOther) return std::nullopt;
    for (const ExprPtr& argument : call.arguments) {
      if (argument->type() != ValueType::kVector && argument->type() != ValueType::kMatrix) {
        continue;
      }
      MaybeUnit unit = Of(argument);
      if (rule == UnitRule::kPerSecond && unit) unit->text += "/s";
      return unit;
    }
    return std::nullopt;
  }

  MaybeUnit OfAggregate(const AggregateExpr& aggregate) const {
    switch (aggregate.op) {
      case AggregateOp::kCount:
      case AggregateOp::kGroup:
      case AggregateOp::kStdvar:
      case AggregateOp::kCountValues:
        return std::nullopt;
      default:
        return Of(aggregate.expr);
    }
  }

  MaybeUnit OfBinary(const BinaryExpr& binary) const {
    const MaybeUnit lhs = Of(binary.lhs), rhs = Of(binary.rhs);
    if (IsSetOperator(binary.op)) {
      if (binary.op != BinaryOp::kOr) return lhs;
      return lhs && rhs && lhs->text == rhs->text ? lhs : std::nullopt;
    }
    if (IsComparison(binary.op)) return binary.return_bool ? std::nullopt : lhs;
    if (!lhs || !rhs) return std::nullopt;
    // A factor mostly converts: what was seconds is hours once divided by 3600.
    switch (binary.op) {
      case BinaryOp::kAdd:
      case BinaryOp::kSub:
        if (lhs->is_number) return rhs;
        return rhs->is_number || lhs->text == rhs->text ? lhs : std::nullopt;
      case BinaryOp::kMod:
        return rhs->is_number ? lhs : std::nullopt;
      default:
        return std::nullopt;
    }
  }

  const UnitOfMetric& unit_of_metric_;
  std::unordered_map<const Expr*, MaybeUnit> units_;
};

}  // namespace

std::string InferUnit(const Expr& expr, const UnitOfMetric& unit_of_metric) {
  return Inference(unit_of_metric).Run(expr);
}

}  // namespace promlite::promql
