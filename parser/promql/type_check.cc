#include "promlite/parser/promql/type_check.h"

#include <algorithm>
#include <string>
#include <vector>

#include "promlite/parser/promql/ast.h"
#include "promlite/parser/promql/parse_errors.h"
#include "promlite/parser/text/quoting.h"
#include "promlite/parser/text/regex_matcher.h"

namespace promlite::promql::internal {
namespace {

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool IsScalarOrVector(ValueType type) {
  return type == ValueType::kScalar || type == ValueType::kVector;
}

bool MatchesEmpty(const LabelMatcher& matcher) {
  switch (matcher.op) {
    case MatchOp::kEqual:
      return matcher.value.empty();
    case MatchOp::kNotEqual:
      return !matcher.value.empty();
    case MatchOp::kRegexMatch:
      return matcher.regex->Matches("");
    case MatchOp::kRegexNoMatch:
      return !matcher.regex->Matches("");
  }
  return true;
}

void ExpectType(const Expr& expr, ValueType wanted, std::string_view context) {
  if (expr.type() == wanted) return;
  Fail(expr.position, "expected type " + std::string(DocumentedName(wanted)) + " in " +
                          std::string(context) + ", got " +
                          std::string(DocumentedName(expr.type())));
}

std::string CallTo(const Function& function) {
  return "call to function " + DoubleQuoted(function.name);
}

class TypeChecker {
 public:
  explicit TypeChecker(std::string_view query) : query_(query) {}

  void Enter(const Expr& expr) {
    switch (expr.kind()) {
      case ExprKind::kVectorSelector:
        CheckSelector(As<VectorSelector>(expr));
        break;
      case ExprKind::kCall:
        CheckArgumentCount(As<Call>(expr));
        CheckInfo(As<Call>(expr));
        break;
      default:
        break;
    }
  }

  void AfterChild(const Expr& expr, size_t index) {
    if (expr.kind() == ExprKind::kCall) {
      CheckArgument(As<Call>(expr), index);
    } else if (expr.kind() == ExprKind::kAggregate) {
      CheckAggregate(As<AggregateExpr>(expr), index);
    }
  }

  void Leave(const Expr& expr) {
    switch (expr.kind()) {
      case ExprKind::kCall:
        if (HasLabelSelector(As<Call>(expr))) label_selectors_.pop_back();
        break;
      case ExprKind::kUnary:
        CheckUnary(As<UnaryExpr>(expr));
        break;
      case ExprKind::kSubquery:
        CheckSubquery(As<SubqueryExpr>(expr));
        break;
      case ExprKind::kBinary:
        // The tree is not shared yet.
        CheckBinary(const_cast<BinaryExpr*>(&As<BinaryExpr>(expr)));
        break;
      default:
        break;
    }
  }

 private:
  void CheckSelector(const VectorSelector& selector);
  void CheckArgumentCount(const Call& call) const;
  void CheckArgument(const Call& call, size_t index) const;
  static bool HasLabelSelector(const Call& call) {
    return call.function->label_matchers && *call.function->label_matchers < call.arguments.size();
  }
  void CheckInfo(const Call& call);
  void CheckAggregate(const AggregateExpr& aggregate, size_t index) const;
  void CheckUnary(const UnaryExpr& unary) const;
  void CheckSubquery(const SubqueryExpr& subquery) const;
  void CheckBinary(BinaryExpr* binary) const;
  void CheckOperator(const BinaryExpr& binary) const;
  void CheckLabelLists(const BinaryExpr& binary) const;
  void CheckSetOperator(const BinaryExpr& binary) const;
  PositionRange BetweenOperands(const BinaryExpr& binary) const;

  const std::string_view query_;
  // The second arguments of the info() calls around a node: they may match anything.
  std::vector<const Expr*> label_selectors_;
};

void TypeChecker::CheckSelector(const VectorSelector& selector) {
  if (!selector.name.empty()) {
    // The last matcher is the name itself.
    for (size_t i = 0; i + 1 < selector.matchers.size(); ++i) {
      if (selector.matchers[i].name != "__name__") continue;
      Fail(selector.position, "metric name must not be set twice: " + DoubleQuoted(selector.name) +
                                  " or " + DoubleQuoted(selector.matchers[i].value));
    }
    return;
  }
  if (!label_selectors_.empty() && &selector == label_selectors_.back()) return;
  if (std::all_of(selector.matchers.begin(), selector.matchers.end(), MatchesEmpty)) {
    Fail(selector.position, "vector selector must contain at least one non-empty matcher");
  }
}

void TypeChecker::CheckArgumentCount(const Call& call) const {
  const Function& function = *call.function;
  const auto given = static_cast<int64_t>(call.arguments.size());
  const auto declared = static_cast<int64_t>(function.arguments.size());
  const auto fail = [&](std::string_view bound, int64_t count) {
    Fail(call.position, "expected " + std::string(bound) + std::to_string(count) +
                            " argument(s) in call to " + DoubleQuoted(function.name) + ", got " +
                            std::to_string(given));
  };
  if (function.variadic == 0) {
    if (given != declared) fail("", declared);
    return;
  }
  const int64_t least = declared - 1;
  if (given < least) fail("at least ", least);
  const int64_t most = least + function.variadic;
  if (function.variadic > 0 && given > most) fail("at most ", most);
}

void TypeChecker::CheckArgument(const Call& call, size_t index) const {
  const Function& function = *call.function;
  const size_t declared = std::min(index, function.arguments.size() - 1);
  ExpectType(*call.arguments[index], function.arguments[declared], CallTo(function));
}

// The second argument of info() stands for the labels of the info series: a selector without a
// name.
void TypeChecker::CheckInfo(const Call& call) {
  if (!HasLabelSelector(call)) return;
  const Expr& argument = *call.arguments[*call.function->label_matchers];
  if (argument.type() != ValueType::kVector) {
    Fail(call.position, "expected type instant vector in " + CallTo(*call.function) + ", got " +
                            std::string(DocumentedName(argument.type())));
  }
  if (argument.kind() != ExprKind::kVectorSelector) {
    Fail(argument.position, "expected label selectors only");
  }
  if (!As<VectorSelector>(argument).name.empty()) {
    Fail(argument.position, "expected label selectors only, got vector selector instead");
  }
  label_selectors_.push_back(&argument);
}

void TypeChecker::CheckAggregate(const AggregateExpr& aggregate, size_t index) const {
  if (index == 0) {
    ExpectType(*aggregate.expr, ValueType::kVector, "aggregation expression");
    return;
  }
  const ValueType wanted =
      aggregate.op == AggregateOp::kCountValues ? ValueType::kString : ValueType::kScalar;
  ExpectType(*aggregate.parameter, wanted, "aggregation parameter");
}

void TypeChecker::CheckUnary(const UnaryExpr& unary) const {
  if (IsScalarOrVector(unary.expr->type())) return;
  Fail(unary.position,
       "unary expression only allowed on expressions of type scalar or instant vector, got " +
           DoubleQuoted(DocumentedName(unary.expr->type())));
}

void TypeChecker::CheckSubquery(const SubqueryExpr& subquery) const {
  if (subquery.expr->type() == ValueType::kVector) return;
  Fail(subquery.position, "subquery is only allowed on instant vector, got " +
                              std::string(ResultTypeName(subquery.expr->type())) + " instead");
}

void TypeChecker::CheckBinary(BinaryExpr* binary) const {
  CheckOperator(*binary);
  if (IsSetOperator(binary->op) && binary->matching->cardinality == MatchCardinality::kOneToOne) {
    binary->matching->cardinality = MatchCardinality::kManyToMany;
  }
  CheckLabelLists(*binary);
  for (const ExprPtr& side : {binary->lhs, binary->rhs}) {
    if (IsScalarOrVector(side->type())) continue;
    Fail(side->position, "binary expression must contain only scalar and instant vector types");
  }
  const bool vectors =
      binary->lhs->type() == ValueType::kVector && binary->rhs->type() == ValueType::kVector;
  if (vectors) {
    if (IsSetOperator(binary->op)) CheckSetOperator(*binary);
    return;
  }
  const VectorMatching& matching = *binary->matching;
  if (!matching.labels.empty()) {
    Fail(binary->position, "vector matching only allowed between instant vectors");
  }
  if (matching.fill_left.has_value() || matching.fill_right.has_value()) {
    Fail(binary->position, "filling in missing series only allowed between instant vectors");
  }
  if (IsSetOperator(binary->op)) {
    Fail(binary->position, "set operator " + DoubleQuoted(BinaryOpName(binary->op)) +
                               " not allowed in binary scalar expression");
  }
  binary->matching.reset();
}

void TypeChecker::CheckOperator(const BinaryExpr& binary) const {
  if (binary.return_bool && !IsComparison(binary.op)) {
    Fail(BetweenOperands(binary), "bool modifier can only be used on comparison operators");
  }
  if (IsComparison(binary.op) && !binary.return_bool && binary.type() == ValueType::kScalar) {
    Fail(BetweenOperands(binary), "comparisons between scalars must use BOOL modifier");
  }
}

void TypeChecker::CheckLabelLists(const BinaryExpr& binary) const {
  const VectorMatching& matching = *binary.matching;
  if (!matching.on || matching.include.empty()) return;
  std::vector<std::string_view> included(matching.include.begin(), matching.include.end());
  std::sort(included.begin(), included.end());
  for (const std::string& label : matching.labels) {
    if (!std::binary_search(included.begin(), included.end(), label)) continue;
    Fail(BetweenOperands(binary),
         "label " + DoubleQuoted(label) + " must not occur in ON and GROUP clause at once");
  }
}

void TypeChecker::CheckSetOperator(const BinaryExpr& binary) const {
  const VectorMatching& matching = *binary.matching;
  if (matching.cardinality != MatchCardinality::kManyToMany) {
    Fail(binary.position,
         "no grouping allowed for " + DoubleQuoted(BinaryOpName(binary.op)) + " operation");
  }
  if (matching.fill_left.has_value() || matching.fill_right.has_value()) {
    Fail(binary.position, "filling in missing series not allowed for set operators");
  }
}

// What stands between the operands, operator and modifiers, without the white space around it.
PositionRange TypeChecker::BetweenOperands(const BinaryExpr& binary) const {
  PositionRange range{binary.lhs->position.end, binary.rhs->position.start - 1};
  const auto is_space = [this](int32_t at) { return IsSpace(query_[static_cast<size_t>(at)]); };
  while (is_space(range.start)) ++range.start;
  while (is_space(range.end)) --range.end;
  return range;
}

}  // namespace

void CheckTypes(const std::shared_ptr<Expr>& root, std::string_view query) {
  TypeChecker checker(query);
  WalkTree(*root, &checker);
}

}  // namespace promlite::promql::internal
