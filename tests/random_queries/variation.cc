#include "promlite/tests/random_queries/variation.h"

#include <memory>
#include <utility>

namespace promlite::random_queries {
namespace {

constexpr int64_t kSecond = 1'000'000'000;  // nanoseconds

std::shared_ptr<VectorSelector> VariedSelector(const VectorSelector& from, Random* random) {
  auto selector = std::make_shared<VectorSelector>();
  selector->name = from.name;
  selector->matchers = from.matchers;
  selector->offset = from.offset;
  selector->at = from.at;
  selector->modifier = from.modifier;
  switch (random->Below(3)) {
    case 0:
      selector->offset = Duration{static_cast<int64_t>(1 + random->Below(100)) * kSecond, nullptr};
      break;
    case 1:
      selector->at = {};
      break;
    default:
      selector->matchers.insert(selector->matchers.begin(), {"job", MatchOp::kNotEqual, "web"});
  }
  return selector;
}

ExprPtr VariedAggregate(const AggregateExpr& from, Random* random) {
  auto aggregate = std::make_shared<AggregateExpr>();
  aggregate->op = from.op;
  aggregate->expr = from.expr;
  aggregate->parameter = from.parameter;
  aggregate->grouping = from.grouping;
  aggregate->without = from.without;
  if (random->OneIn(2)) {
    aggregate->without = !from.without;
  } else if (!aggregate->grouping.empty()) {
    aggregate->grouping.pop_back();
  } else {
    aggregate->grouping = {"job"};
  }
  return aggregate;
}

ExprPtr VariedBinary(const BinaryExpr& from, Random* random) {
  auto binary = std::make_shared<BinaryExpr>();
  binary->op = from.op;
  binary->lhs = from.lhs;
  binary->rhs = from.rhs;
  binary->result_type = from.result_type;
  binary->return_bool = from.return_bool;
  binary->matching = from.matching;
  const bool plain = from.matching && from.matching->cardinality != MatchCardinality::kManyToMany;
  if (IsComparison(from.op) && from.type() == ValueType::kVector && random->OneIn(2)) {
    binary->return_bool = !from.return_bool;
  } else if (plain && random->OneIn(2)) {
    binary->matching->fill_left = 3;
  } else if (plain && random->OneIn(2)) {
    binary->matching->fill_right = 3;
  } else if (from.matching && from.matching->include.empty()) {
    binary->matching->on = true;
  }
  return binary;
}

ExprPtr VariedMatrix(const MatrixSelector& from, Random* random) {
  auto matrix = std::make_shared<MatrixSelector>();
  matrix->selector = from.selector;
  matrix->range = from.range;
  if (random->OneIn(2)) {
    matrix->range = Duration{from.range.nanoseconds + 60 * kSecond, nullptr};
  } else {
    matrix->selector = VariedSelector(*from.selector, random);
  }
  return matrix;
}

ExprPtr VariedSubquery(const SubqueryExpr& from, Random* random) {
  auto subquery = std::make_shared<SubqueryExpr>();
  subquery->expr = from.expr;
  subquery->range = from.range;
  subquery->step = from.step;
  subquery->offset = from.offset;
  subquery->at = from.at;
  switch (random->Below(3)) {
    case 0:
      subquery->range = Duration{from.range.nanoseconds + 60 * kSecond, nullptr};
      break;
    case 1:
      subquery->step = Duration{30 * kSecond, nullptr};
      break;
    default:
      subquery->offset = Duration{40 * kSecond, nullptr};
  }
  return subquery;
}

// A function of the same kind, or with another argument.
ExprPtr VariedCall(const Call& from, Random* random) {
  auto call = std::make_shared<Call>();
  call->function = from.function;
  call->arguments = from.arguments;
  if (call->arguments.empty()) return call;
  ExprPtr& argument = call->arguments[random->Below(call->arguments.size())];
  if (argument->kind() == ExprKind::kNumber) {
    auto number = std::make_shared<NumberLiteral>();
    number->value = 0.75;
    argument = number;
  } else if (argument->kind() != ExprKind::kString && from.function->name != "info") {
    argument = Variation(argument, random);
  }
  return call;
}

}  // namespace

ExprPtr Variation(const ExprPtr& expr, Random* random) {
  switch (expr->kind()) {
    case ExprKind::kVectorSelector:
      return VariedSelector(As<VectorSelector>(*expr), random);
    case ExprKind::kMatrixSelector:
      return VariedMatrix(As<MatrixSelector>(*expr), random);
    case ExprKind::kSubquery:
      return VariedSubquery(As<SubqueryExpr>(*expr), random);
    case ExprKind::kAggregate:
      return VariedAggregate(As<AggregateExpr>(*expr), random);
    case ExprKind::kBinary:
      return VariedBinary(As<BinaryExpr>(*expr), random);
    case ExprKind::kCall:
      return VariedCall(As<Call>(*expr), random);
    default:
      return expr;
  }
}

}  // namespace promlite::random_queries
