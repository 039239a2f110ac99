#include "promlite/apps/repl/chart/unit_inference.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <unordered_map>
#include <vector>

#include "promlite/parser/promql/ast.h"

namespace promlite::repl {
namespace {

// A unit, or a plain number, which takes on the unit of what it is added to; nothing: unknown.
struct Unit {
  std::string text;
  bool is_number = false;
};
using MaybeUnit = std::optional<Unit>;

constexpr std::string_view kRates[] = {"rate", "irate", "deriv"};
// Functions whose values are in the unit of their vector.
constexpr std::string_view kKeeping[] = {"abs",
                                         "avg_over_time",
                                         "ceil",
                                         "clamp",
                                         "clamp_max",
                                         "clamp_min",
                                         "delta",
                                         "double_exponential_smoothing",
                                         "first_over_time",
                                         "floor",
                                         "idelta",
                                         "increase",
                                         "info",
                                         "label_join",
                                         "label_replace",
                                         "last_over_time",
                                         "mad_over_time",
                                         "max_over_time",
                                         "min_over_time",
                                         "predict_linear",
                                         "quantile_over_time",
                                         "round",
                                         "scalar",
                                         "sort",
                                         "sort_by_label",
                                         "sort_by_label_desc",
                                         "sort_desc",
                                         "stddev_over_time",
                                         "sum_over_time",
                                         "vector"};

template <size_t size>
bool IsIn(std::string_view name, const std::string_view (&names)[size]) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

class Inference {
 public:
  explicit Inference(const UnitOfMetric& unit_of_metric) : unit_of_metric_(unit_of_metric) {}

  std::string Run(const promql::Expr& root) {
    // Operands come before what they are operands of, so that no recursion is needed.
    promql::ForEachPostOrder(root, [&](const promql::Expr& expr) { units_[&expr] = Infer(expr); });
    const MaybeUnit& unit = units_[&root];
    return unit ? unit->text : std::string();
  }

 private:
  MaybeUnit Of(const promql::ExprPtr& expr) const {
    const auto found = units_.find(expr.get());
    return found == units_.end() ? std::nullopt : found->second;
  }

  MaybeUnit Infer(const promql::Expr& expr) const {
    switch (expr.kind()) {
      case promql::ExprKind::kNumber:
        return Unit{"", true};
      case promql::ExprKind::kVectorSelector:
        return OfSelector(promql::As<promql::VectorSelector>(expr));
      case promql::ExprKind::kMatrixSelector:
        return OfSelector(*promql::As<promql::MatrixSelector>(expr).selector);
      case promql::ExprKind::kSubquery:
        return Of(promql::As<promql::SubqueryExpr>(expr).expr);
      case promql::ExprKind::kParen:
        return Of(promql::As<promql::ParenExpr>(expr).expr);
      case promql::ExprKind::kUnary:
        return Of(promql::As<promql::UnaryExpr>(expr).expr);
      case promql::ExprKind::kCall:
        return OfCall(promql::As<promql::Call>(expr));
      case promql::ExprKind::kAggregate:
        return OfAggregate(promql::As<promql::AggregateExpr>(expr));
      case promql::ExprKind::kBinary:
        return OfBinary(promql::As<promql::BinaryExpr>(expr));
      case promql::ExprKind::kString:
        break;
    }
    return std::nullopt;
  }

  MaybeUnit OfSelector(const promql::VectorSelector& selector) const {
    for (const promql::LabelMatcher& matcher : selector.matchers) {
      if (matcher.name == "__name__" && matcher.op == promql::MatchOp::kEqual) {
        std::string unit = unit_of_metric_(matcher.value);
        if (!unit.empty()) return Unit{std::move(unit)};
      }
    }
    return std::nullopt;
  }

  MaybeUnit OfCall(const promql::Call& call) const {
    const std::string_view name = call.function->name;
    for (const promql::ExprPtr& argument : call.arguments) {
      if (argument->type() != promql::ValueType::kVector &&
          argument->type() != promql::ValueType::kMatrix) {
        continue;
      }
      MaybeUnit unit = Of(argument);
      if (IsIn(name, kRates) && unit) unit->text += "/s";
      return IsIn(name, kRates) || IsIn(name, kKeeping) ? unit : std::nullopt;
    }
    return std::nullopt;
  }

  MaybeUnit OfAggregate(const promql::AggregateExpr& aggregate) const {
    switch (aggregate.op) {
      case promql::AggregateOp::kCount:
      case promql::AggregateOp::kGroup:
      case promql::AggregateOp::kStdvar:
      case promql::AggregateOp::kCountValues:
        return std::nullopt;
      default:
        return Of(aggregate.expr);
    }
  }

  MaybeUnit OfBinary(const promql::BinaryExpr& binary) const {
    const MaybeUnit lhs = Of(binary.lhs), rhs = Of(binary.rhs);
    if (promql::IsSetOperator(binary.op)) {
      if (binary.op != promql::BinaryOp::kOr) return lhs;
      return lhs && rhs && lhs->text == rhs->text ? lhs : std::nullopt;
    }
    if (promql::IsComparison(binary.op)) return binary.return_bool ? std::nullopt : lhs;
    if (!lhs || !rhs) return std::nullopt;
    // A factor mostly converts: what was seconds is hours once divided by 3600.
    switch (binary.op) {
      case promql::BinaryOp::kAdd:
      case promql::BinaryOp::kSub:
        if (lhs->is_number) return rhs;
        return rhs->is_number || lhs->text == rhs->text ? lhs : std::nullopt;
      case promql::BinaryOp::kMod:
        return rhs->is_number ? lhs : std::nullopt;
      default:
        return std::nullopt;
    }
  }

  const UnitOfMetric& unit_of_metric_;
  std::unordered_map<const promql::Expr*, MaybeUnit> units_;
};

}  // namespace

std::string InferUnit(const promql::Expr& expr, const UnitOfMetric& unit_of_metric) {
  return Inference(unit_of_metric).Run(expr);
}

}  // namespace promlite::repl
