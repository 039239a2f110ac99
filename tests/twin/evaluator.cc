#include "promlite/tests/twin/evaluator.h"

#include <algorithm>

#include "promlite/parser/promql/ast.h"
#include "promlite/tests/twin/binary_operators.h"

namespace promlite::twin {
namespace {

bool HasAt(const promql::AtModifier& at) { return at.kind != promql::AtModifier::Kind::kNone; }

bool IsStepInvariantCall(const promql::Call& call) {
  static const std::vector<std::string_view> kOfTime = {
      "days_in_month", "day_of_month", "day_of_week", "day_of_year", "hour",
      "minute",        "month",        "year",        "time",        "predict_linear",
      "timestamp",     "start",        "end",         "range",       "step"};
  for (const promql::ExprPtr& argument : call.arguments) {
    if (!IsStepInvariant(*argument)) return false;
  }
  const std::string_view name = call.function->name;
  if (std::count(kOfTime.begin(), kOfTime.end(), name) == 0) return true;
  return name == "timestamp" &&
         Inside(*call.arguments[0]).kind() == promql::ExprKind::kVectorSelector;
}

}  // namespace

const promql::Expr& Inside(const promql::Expr& expr) {
  if (expr.kind() != promql::ExprKind::kParen) return expr;
  return Inside(*promql::As<promql::ParenExpr>(expr).expr);
}

bool IsStepInvariant(const promql::Expr& expr) {
  switch (expr.kind()) {
    case promql::ExprKind::kNumber:
    case promql::ExprKind::kString:
      return true;
    case promql::ExprKind::kVectorSelector:
      return HasAt(promql::As<promql::VectorSelector>(expr).at);
    case promql::ExprKind::kMatrixSelector:
      return HasAt(promql::As<promql::MatrixSelector>(expr).selector->at);
    case promql::ExprKind::kSubquery:
      return HasAt(promql::As<promql::SubqueryExpr>(expr).at);
    case promql::ExprKind::kAggregate:
      return IsStepInvariant(*promql::As<promql::AggregateExpr>(expr).expr);
    case promql::ExprKind::kBinary:
      return IsStepInvariant(*promql::As<promql::BinaryExpr>(expr).lhs) &&
             IsStepInvariant(*promql::As<promql::BinaryExpr>(expr).rhs);
    case promql::ExprKind::kUnary:
      return IsStepInvariant(*promql::As<promql::UnaryExpr>(expr).expr);
    case promql::ExprKind::kParen:
      return IsStepInvariant(*promql::As<promql::ParenExpr>(expr).expr);
    case promql::ExprKind::kCall:
      return IsStepInvariantCall(promql::As<promql::Call>(expr));
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

Value Evaluator::Evaluate(const promql::Expr& expr, const Grid& grid) {
  if (grid.steps() <= 1 || !IsStepInvariant(expr)) return EvaluateOnce(expr, grid);
  // Once, at the first step, for all of them.
  Value value = EvaluateOnce(expr, {grid.start, grid.start, grid.step});
  value.scalars.resize(value.scalars.empty() ? 0 : grid.steps(),
                       value.scalars.empty() ? 0 : value.scalars[0]);
  for (Row& row : value.rows) row.values.resize(grid.steps(), row.values[0]);
  return value;
}

Value Evaluator::EvaluateOnce(const promql::Expr& expr, const Grid& grid) {
  switch (expr.kind()) {
    case promql::ExprKind::kNumber: {
      Value value;
      value.scalars.assign(grid.steps(), promql::As<promql::NumberLiteral>(expr).value);
      return value;
    }
    case promql::ExprKind::kVectorSelector:
      return EvaluateSelector(promql::As<promql::VectorSelector>(expr), Aspect::kValue, grid);
    case promql::ExprKind::kParen:
      return Evaluate(*promql::As<promql::ParenExpr>(expr).expr, grid);
    case promql::ExprKind::kUnary:
      return EvaluateUnary(promql::As<promql::UnaryExpr>(expr), grid);
    case promql::ExprKind::kBinary:
      return EvaluateBinary(promql::As<promql::BinaryExpr>(expr), grid);
    case promql::ExprKind::kAggregate:
      return EvaluateAggregate(promql::As<promql::AggregateExpr>(expr), grid);
    case promql::ExprKind::kCall:
      return EvaluateCall(promql::As<promql::Call>(expr), grid);
    default:
      FailUnspecified("not an expression with a value at each step");
  }
}

Value Evaluator::EvaluateUnary(const promql::UnaryExpr& unary, const Grid& grid) {
  const Value operand = Evaluate(*unary.expr, grid);
  if (unary.op == promql::UnaryOp::kPlus) return operand;
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

Value Evaluator::EvaluateBinary(const promql::BinaryExpr& binary, const Grid& grid) {
  const Value lhs = Evaluate(*binary.lhs, grid);
  const Value rhs = Evaluate(*binary.rhs, grid);
  if (binary.matching) return OperateOnVectors(binary, lhs, rhs, grid);
  if (binary.type() == promql::ValueType::kScalar) return OperateOnScalars(binary, lhs, rhs, grid);
  return OperateWithScalar(binary, lhs, rhs, grid);
}

Value Evaluator::OperateOnScalars(const promql::BinaryExpr& binary, const Value& lhs,
                                  const Value& rhs, const Grid& grid) const {
  Value result;
  for (size_t step = 0; step < grid.steps(); ++step) {
    const double l = lhs.scalars[step], r = rhs.scalars[step];
    result.scalars.push_back(*Operate(binary.op, binary.return_bool, l, r, l));
  }
  return result;
}

Value Evaluator::OperateWithScalar(const promql::BinaryExpr& binary, const Value& lhs,
                                   const Value& rhs, const Grid& grid) const {
  const bool vector_is_left = binary.lhs->type() == promql::ValueType::kVector;
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

Value Evaluator::OperateOnVectors(const promql::BinaryExpr& binary, const Value& lhs,
                                  const Value& rhs, const Grid& grid) const {
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
