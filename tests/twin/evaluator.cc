#include "promlite/tests/twin/evaluator.h"

#include <algorithm>

#include "promlite/parser/ast_walk.h"
#include "promlite/tests/twin/binary_operators.h"

namespace promlite::twin {
namespace {

bool HasAt(const AtModifier& at) { return at.kind != AtModifier::Kind::kNone; }

bool IsStepInvariantCall(const Call& call) {
  static const std::vector<std::string_view> kOfTime = {
      "days_in_month", "day_of_month", "day_of_week", "day_of_year", "hour",
      "minute",        "month",        "year",        "time",        "predict_linear",
      "timestamp",     "start",        "end",         "range",       "step"};
  for (const ExprPtr& argument : call.arguments) {
    if (!IsStepInvariant(*argument)) return false;
  }
  const std::string_view name = call.function->name;
  if (std::count(kOfTime.begin(), kOfTime.end(), name) == 0) return true;
  return name == "timestamp" && Inside(*call.arguments[0]).kind() == ExprKind::kVectorSelector;
}

}  // namespace

const Expr& Inside(const Expr& expr) {
  if (expr.kind() != ExprKind::kParen) return expr;
  return Inside(*As<ParenExpr>(expr).expr);
}

bool IsStepInvariant(const Expr& expr) {
  switch (expr.kind()) {
    case ExprKind::kNumber:
    case ExprKind::kString:
      return true;
    case ExprKind::kVectorSelector:
      return HasAt(As<VectorSelector>(expr).at);
    case ExprKind::kMatrixSelector:
      return HasAt(As<MatrixSelector>(expr).selector->at);
    case ExprKind::kSubquery:
      return HasAt(As<SubqueryExpr>(expr).at);
    case ExprKind::kAggregate:
      return IsStepInvariant(*As<AggregateExpr>(expr).expr);
    case ExprKind::kBinary:
      return IsStepInvariant(*As<BinaryExpr>(expr).lhs) &&
             IsStepInvariant(*As<BinaryExpr>(expr).rhs);
    case ExprKind::kUnary:
      return IsStepInvariant(*As<UnaryExpr>(expr).expr);
    case ExprKind::kParen:
      return IsStepInvariant(*As<ParenExpr>(expr).expr);
    case ExprKind::kCall:
      return IsStepInvariantCall(As<Call>(expr));
  }
  return false;
}

Vector VectorAt(const std::vector<Row>& rows, size_t step) {
  Vector vector;
  for (size_t i = 0; i < rows.size(); ++i) {
    const Row& row = rows[i];
    if (row.values[step]) vector.push_back({row.labels, *row.values[step], row.drop_name, {i, 0}});
  }
  return vector;
}

void Evaluator::DropName(Element* element) const {
  if (delayed()) {
    element->drop_name = true;
  } else {
    DeleteName(&element->labels);
  }
}

Value Evaluator::Evaluate(const Expr& expr, const Grid& grid) {
  if (grid.steps() <= 1 || !IsStepInvariant(expr)) return EvaluateOnce(expr, grid);
  // Once, at the first step, for all of them.
  Value value = EvaluateOnce(expr, {grid.start, grid.start, grid.step});
  value.scalars.resize(value.scalars.empty() ? 0 : grid.steps(),
                       value.scalars.empty() ? 0 : value.scalars[0]);
  for (Row& row : value.rows) row.values.resize(grid.steps(), row.values[0]);
  return value;
}

Value Evaluator::EvaluateOnce(const Expr& expr, const Grid& grid) {
  switch (expr.kind()) {
    case ExprKind::kNumber: {
      Value value;
      value.scalars.assign(grid.steps(), As<NumberLiteral>(expr).value);
      return value;
    }
    case ExprKind::kVectorSelector:
      return EvaluateSelector(As<VectorSelector>(expr), Aspect::kValue, grid);
    case ExprKind::kParen:
      return Evaluate(*As<ParenExpr>(expr).expr, grid);
    case ExprKind::kUnary:
      return EvaluateUnary(As<UnaryExpr>(expr), grid);
    case ExprKind::kBinary:
      return EvaluateBinary(As<BinaryExpr>(expr), grid);
    case ExprKind::kAggregate:
      return EvaluateAggregate(As<AggregateExpr>(expr), grid);
    case ExprKind::kCall:
      return EvaluateCall(As<Call>(expr), grid);
    default:
      FailUnspecified("not an expression with a value at each step");
  }
}

Value Evaluator::EvaluateUnary(const UnaryExpr& unary, const Grid& grid) {
  const Value operand = Evaluate(*unary.expr, grid);
  if (unary.op == UnaryOp::kPlus) return operand;
  Value result;
  for (const double scalar : operand.scalars) result.scalars.push_back(-scalar);
  Output output(grid.steps(), EqualOnesOf(grid));
  for (size_t step = 0; step < grid.steps(); ++step) {
    for (Element element : VectorAt(operand.rows, step)) {
      element.value = -element.value;
      DropName(&element);
      output.Add(step, std::move(element));
    }
  }
  result.rows = output.Finish();
  return result;
}

Value Evaluator::EvaluateBinary(const BinaryExpr& binary, const Grid& grid) {
  const Value lhs = Evaluate(*binary.lhs, grid);
  const Value rhs = Evaluate(*binary.rhs, grid);
  if (binary.matching) return OperateOnVectors(binary, lhs, rhs, grid);
  if (binary.type() == ValueType::kScalar) return OperateOnScalars(binary, lhs, rhs, grid);
  return OperateWithScalar(binary, lhs, rhs, grid);
}

Value Evaluator::OperateOnScalars(const BinaryExpr& binary, const Value& lhs, const Value& rhs,
                                  const Grid& grid) const {
  Value result;
  for (size_t step = 0; step < grid.steps(); ++step) {
    const double l = lhs.scalars[step], r = rhs.scalars[step];
    result.scalars.push_back(*Operate(binary.op, binary.return_bool, l, r, l));
  }
  return result;
}

Value Evaluator::OperateWithScalar(const BinaryExpr& binary, const Value& lhs, const Value& rhs,
                                   const Grid& grid) const {
  const bool vector_is_left = binary.lhs->type() == ValueType::kVector;
  const Value& vector = vector_is_left ? lhs : rhs;
  const Value& scalar = vector_is_left ? rhs : lhs;
  Output output(grid.steps(), EqualOnesOf(grid));
  for (size_t step = 0; step < grid.steps(); ++step) {
    for (Element element : VectorAt(vector.rows, step)) {
      const double l = vector_is_left ? element.value : scalar.scalars[step];
      const double r = vector_is_left ? scalar.scalars[step] : element.value;
      // A comparison keeps the vector's value, whichever side it is.
      const auto value = Operate(binary.op, binary.return_bool, l, r, element.value);
      if (!value) continue;
      element.value = *value;
      if (IsArithmetic(binary.op) || binary.return_bool) DropName(&element);
      output.Add(step, std::move(element));
    }
  }
  return {{}, output.Finish()};
}

Value Evaluator::OperateOnVectors(const BinaryExpr& binary, const Value& lhs, const Value& rhs,
                                  const Grid& grid) const {
  Output output(grid.steps(), EqualOnesOf(grid));
  for (size_t step = 0; step < grid.steps(); ++step) {
    BinaryStep operation(binary, delayed());
    Vector result = operation.Evaluate(VectorAt(lhs.rows, step), VectorAt(rhs.rows, step));
    if (!operation.error.empty()) Fail(operation.error);
    for (Element& element : result) output.Add(step, std::move(element));
  }
  return {{}, output.Finish()};
}

}  // namespace promlite::twin
