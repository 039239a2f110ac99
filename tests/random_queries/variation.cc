#include "promlite/tests/random_queries/variation.h"

#include <memory>
#include <utility>

namespace promlite::random_queries {
namespace {

constexpr int64_t kSecond = 1'000'000'000;  // nanoseconds

std::shared_ptr<promql::VectorSelector> VariedSelector(const promql::VectorSelector& from,
                                                       Random* random) {
  auto selector = std::make_shared<promql::VectorSelector>();
  selector->name = from.name;
  selector->matchers = from.matchers;
  selector->offset = from.offset;
  selector->at = from.at;
  selector->modifier = from.modifier;
  switch (random->Below(3)) {
    case 0:
      selector->offset =
          promql::Duration{static_cast<int64_t>(1 + random->Below(100)) * kSecond, nullptr};
      break;
    case 1:
      selector->at = {};
      break;
    default:
      selector->matchers.insert(selector->matchers.begin(),
                                {"job", promql::MatchOp::kNotEqual, "web"});
  }
  return selector;
}

promql::ExprPtr VariedAggregate(const promql::AggregateExpr& from, Random* random) {
  auto aggregate = std::make_shared<promql::AggregateExpr>();
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

promql::ExprPtr VariedBinary(const promql::BinaryExpr& from, Random* random) {
  auto binary = std::make_shared<promql::BinaryExpr>();
  binary->op = from.op;
  binary->lhs = from.lhs;
  binary->rhs = from.rhs;
  binary->result_type = from.result_type;
  binary->return_bool = from.return_bool;
  binary->matching = from.matching;
  const bool plain =
      from.matching && from.matching->cardinality != promql::MatchCardinality::kManyToMany;
  if (promql::IsComparison(from.op) && from.type() == promql::ValueType::kVector &&
      random->OneIn(2)) {
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

promql::ExprPtr VariedMatrix(const promql::MatrixSelector& from, Random* random) {
  auto matrix = std::make_shared<promql::MatrixSelector>();
  matrix->selector = from.selector;
  matrix->range = from.range;
  if (random->OneIn(2)) {
    matrix->range = promql::Duration{from.range.nanoseconds + 60 * kSecond, nullptr};
  } else {
    matrix->selector = VariedSelector(*from.selector, random);
  }
  return matrix;
}

promql::ExprPtr VariedSubquery(const promql::SubqueryExpr& from, Random* random) {
  auto subquery = std::make_shared<promql::SubqueryExpr>();
  subquery->expr = from.expr;
  subquery->range = from.range;
  subquery->step = from.step;
  subquery->offset = from.offset;
  subquery->at = from.at;
  switch (random->Below(3)) {
    case 0:
      subquery->range = promql::Duration{from.range.nanoseconds + 60 * kSecond, nullptr};
      break;
    case 1:
      subquery->step = promql::Duration{30 * kSecond, nullptr};
      break;
    default:
      subquery->offset = promql::Duration{40 * kSecond, nullptr};
  }
  return subquery;
}

// A function of the same kind, or with another argument.
promql::ExprPtr VariedCall(const promql::Call& from, Random* random) {
  auto call = std::make_shared<promql::Call>();
  call->function = from.function;
  call->arguments = from.arguments;
  if (call->arguments.empty()) return call;
  promql::ExprPtr& argument = call->arguments[random->Below(call->arguments.size())];
  if (argument->kind() == promql::ExprKind::kNumber) {
    auto number = std::make_shared<promql::NumberLiteral>();
    number->value = 0.75;
    argument = number;
  } else if (argument->kind() != promql::ExprKind::kString && from.function->name != "info") {
    argument = Variation(argument, random);
  }
  return call;
}

}  // namespace

promql::ExprPtr Variation(const promql::ExprPtr& expr, Random* random) {
  switch (expr->kind()) {
    case promql::ExprKind::kVectorSelector:
      return VariedSelector(promql::As<promql::VectorSelector>(*expr), random);
    case promql::ExprKind::kMatrixSelector:
      return VariedMatrix(promql::As<promql::MatrixSelector>(*expr), random);
    case promql::ExprKind::kSubquery:
      return VariedSubquery(promql::As<promql::SubqueryExpr>(*expr), random);
    case promql::ExprKind::kAggregate:
      return VariedAggregate(promql::As<promql::AggregateExpr>(*expr), random);
    case promql::ExprKind::kBinary:
      return VariedBinary(promql::As<promql::BinaryExpr>(*expr), random);
    case promql::ExprKind::kCall:
      return VariedCall(promql::As<promql::Call>(*expr), random);
    default:
      return expr;
  }
}

}  // namespace promlite::random_queries
