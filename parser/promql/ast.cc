#include "promlite/parser/promql/ast.h"

#include <utility>

namespace promlite::promql {
namespace {

// The children that wait for their destruction, while the outermost node of a tree is being
// destroyed on this thread; null otherwise.
thread_local std::vector<ExprPtr>* waiting = nullptr;

}  // namespace

// Without this, a tree's destruction would recurse as deep as the tree is high.
void Expr::Release(ExprPtr child) {
  if (child == nullptr) return;
  if (waiting != nullptr) {
    waiting->push_back(std::move(child));
    return;
  }
  std::vector<ExprPtr> nodes;
  waiting = &nodes;
  nodes.push_back(std::move(child));
  while (!nodes.empty()) {
    // Moved out first: the destructor that this may run appends to `nodes`.
    const ExprPtr node = std::move(nodes.back());
    nodes.pop_back();
  }
  waiting = nullptr;
}

SubqueryExpr::~SubqueryExpr() { Release(std::move(expr)); }

Call::~Call() {
  for (ExprPtr& argument : arguments) Release(std::move(argument));
}

AggregateExpr::~AggregateExpr() {
  Release(std::move(expr));
  Release(std::move(parameter));
}

BinaryExpr::~BinaryExpr() {
  Release(std::move(lhs));
  Release(std::move(rhs));
}

UnaryExpr::~UnaryExpr() { Release(std::move(expr)); }

ParenExpr::~ParenExpr() { Release(std::move(expr)); }

std::string_view RangeModifierName(RangeModifier modifier) {
  switch (modifier) {
    case RangeModifier::kNone:
      return "";
    case RangeModifier::kAnchored:
      return "anchored";
    case RangeModifier::kSmoothed:
      return "smoothed";
    case RangeModifier::kExact:
      return "exact";
  }
  return "";
}

std::string_view AggregateName(AggregateOp op) {
  switch (op) {
    case AggregateOp::kSum:
      return "sum";
    case AggregateOp::kAvg:
      return "avg";
    case AggregateOp::kCount:
      return "count";
    case AggregateOp::kMin:
      return "min";
    case AggregateOp::kMax:
      return "max";
    case AggregateOp::kGroup:
      return "group";
    case AggregateOp::kStddev:
      return "stddev";
    case AggregateOp::kStdvar:
      return "stdvar";
    case AggregateOp::kTopk:
      return "topk";
    case AggregateOp::kBottomk:
      return "bottomk";
    case AggregateOp::kCountValues:
      return "count_values";
    case AggregateOp::kQuantile:
      return "quantile";
    case AggregateOp::kLimitk:
      return "limitk";
    case AggregateOp::kLimitRatio:
      return "limit_ratio";
  }
  return "";
}

bool TakesParameter(AggregateOp op) {
  switch (op) {
    case AggregateOp::kTopk:
    case AggregateOp::kBottomk:
    case AggregateOp::kCountValues:
    case AggregateOp::kQuantile:
    case AggregateOp::kLimitk:
    case AggregateOp::kLimitRatio:
      return true;
    default:
      return false;
  }
}

std::span<const AggregateOp> AllAggregateOps() {
  static constexpr AggregateOp kOps[] = {
      AggregateOp::kAvg,         AggregateOp::kBottomk, AggregateOp::kCount,
      AggregateOp::kCountValues, AggregateOp::kGroup,   AggregateOp::kLimitRatio,
      AggregateOp::kLimitk,      AggregateOp::kMax,     AggregateOp::kMin,
      AggregateOp::kQuantile,    AggregateOp::kStddev,  AggregateOp::kStdvar,
      AggregateOp::kSum,         AggregateOp::kTopk};
  return kOps;
}

std::string_view BinaryOpName(BinaryOp op) {
  switch (op) {
    case BinaryOp::kAdd:
      return "+";
    case BinaryOp::kSub:
      return "-";
    case BinaryOp::kMul:
      return "*";
    case BinaryOp::kDiv:
      return "/";
    case BinaryOp::kMod:
      return "%";
    case BinaryOp::kPow:
      return "^";
    case BinaryOp::kAtan2:
      return "atan2";
    case BinaryOp::kEqual:
      return "==";
    case BinaryOp::kNotEqual:
      return "!=";
    case BinaryOp::kLess:
      return "<";
    case BinaryOp::kLessOrEqual:
      return "<=";
    case BinaryOp::kGreater:
      return ">";
    case BinaryOp::kGreaterOrEqual:
      return ">=";
    case BinaryOp::kAnd:
      return "and";
    case BinaryOp::kOr:
      return "or";
    case BinaryOp::kUnless:
      return "unless";
    case BinaryOp::kTrimUpper:
      return "</";
    case BinaryOp::kTrimLower:
      return ">/";
  }
  return "";
}

bool IsComparison(BinaryOp op) {
  switch (op) {
    case BinaryOp::kEqual:
    case BinaryOp::kNotEqual:
    case BinaryOp::kLess:
    case BinaryOp::kLessOrEqual:
    case BinaryOp::kGreater:
    case BinaryOp::kGreaterOrEqual:
      return true;
    default:
      return false;
  }
}

bool IsSetOperator(BinaryOp op) {
  return op == BinaryOp::kAnd || op == BinaryOp::kOr || op == BinaryOp::kUnless;
}

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

bool IsAspectOfSelector(const Call& call) {
  return call.function->of_selector != SampleAspect::kValue &&
         Unparenthesized(*call.arguments[0]).kind() == ExprKind::kVectorSelector;
}

}  // namespace promlite::promql
