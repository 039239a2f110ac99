#include "promlite/parser/promql/selector_builder.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>
#include <utility>

#include "promlite/parser/promql/parse_errors.h"
#include "promlite/parser/text/durations.h"
#include "promlite/parser/text/number_printing.h"
#include "promlite/parser/text/quoting.h"
#include "promlite/parser/text/regex_matcher.h"

namespace promlite::promql::internal {
namespace {

constexpr char kMetricName[] = "__name__";

MatchOp MatchOperator(TokenKind kind) {
  switch (kind) {
    case TokenKind::kNotEqual:
      return MatchOp::kNotEqual;
    case TokenKind::kRegexMatch:
      return MatchOp::kRegexMatch;
    case TokenKind::kRegexNoMatch:
      return MatchOp::kRegexNoMatch;
    default:
      return MatchOp::kEqual;
  }
}

// A node that the parser is still building and nobody else has seen, so that it may be changed.
template <typename Node>
Node& Mutable(const std::shared_ptr<const Node>& node) {
  return const_cast<Node&>(*node);
}

// Where a selector or subquery keeps its offset and @; null for other expressions.
struct TimeModifiers {
  Duration* offset = nullptr;
  AtModifier* at = nullptr;
};

TimeModifiers FindTimeModifiers(Expr* expr) {
  switch (expr->kind()) {
    case ExprKind::kVectorSelector: {
      auto* const selector = static_cast<VectorSelector*>(expr);
      return {&selector->offset, &selector->at};
    }
    case ExprKind::kMatrixSelector: {
      VectorSelector& selector = Mutable(static_cast<MatrixSelector*>(expr)->selector);
      return {&selector.offset, &selector.at};
    }
    case ExprKind::kSubquery: {
      auto* const subquery = static_cast<SubqueryExpr*>(expr);
      return {&subquery->offset, &subquery->at};
    }
    default:
      return {};
  }
}

constexpr char kMustBePreceded[] =
    " modifier must be preceded by an instant vector selector or range vector selector or a "
    "subquery";

AtModifier& FindUnsetAt(Expr* expr) {
  AtModifier* const at = FindTimeModifiers(expr).at;
  if (at == nullptr) Fail(expr->position, std::string("@") + kMustBePreceded);
  if (at->kind != AtModifier::Kind::kNone) {
    Fail(expr->position, "@ <timestamp> may not be set multiple times");
  }
  return *at;
}

}  // namespace

void SelectorBuilder::Begin() {
  selector_ = std::make_shared<VectorSelector>();
  selector_->unquoted_names = unquoted_names_;
}

void SelectorBuilder::Name(const Token& word) {
  Begin();
  selector_->name = word.Text(query_);
  selector_->position = word.position;
}

void SelectorBuilder::LeftBrace(const Token& token) {
  if (selector_->name.empty()) selector_->position = token.position;
}

void SelectorBuilder::LabelName(const Token& word_or_string) { label_ = word_or_string; }

void SelectorBuilder::Operator(const Token& token) { operator_ = token.kind; }

void SelectorBuilder::Value(const Token& string) {
  const std::string_view label = label_.Text(query_);
  LabelMatcher matcher;
  matcher.name = label_.kind == TokenKind::kString ? Unquoted(label) : std::string(label);
  matcher.op = MatchOperator(operator_);
  matcher.value = Unquoted(string.Text(query_));
  if (matcher.op == MatchOp::kRegexMatch || matcher.op == MatchOp::kRegexNoMatch) {
    auto regex = RegexMatcher::Compile(matcher.value);
    if (!regex.ok()) {
      Fail({label_.position.start, string.position.end}, std::string(regex.status().message()));
    }
    matcher.regex = *std::move(regex);
  }
  selector_->matchers.push_back(std::move(matcher));
}

void SelectorBuilder::QuotedMetricName() {
  selector_->matchers.push_back({kMetricName, MatchOp::kEqual, Unquoted(label_.Text(query_))});
}

void SelectorBuilder::RightBrace(const Token& token) {
  selector_->position.end = token.position.end;
}

std::shared_ptr<VectorSelector> SelectorBuilder::Finish() {
  if (!selector_->name.empty()) {
    selector_->matchers.push_back({kMetricName, MatchOp::kEqual, selector_->name});
  }
  return std::move(selector_);
}

void SetOffset(Expr* expr, Duration offset, int32_t end) {
  Duration* const target = FindTimeModifiers(expr).offset;
  if (target == nullptr) Fail(expr->position, std::string("offset") + kMustBePreceded);
  // An offset of 0s leaves no trace, so that another one may follow it, as in Prometheus.
  if (!target->IsZeroLiteral()) Fail(expr->position, "offset may not be set multiple times");
  *target = std::move(offset);
  expr->position.end = end;
}

void SetTimestamp(Expr* expr, double seconds, int32_t end) {
  constexpr double kTwoTo63 = 9223372036854775808.0;
  if (!(seconds > -kTwoTo63 && seconds < kTwoTo63)) {
    Fail(expr->position, "timestamp out of bounds for @ modifier: " + SixDecimals(seconds));
  }
  FindUnsetAt(expr) = {AtModifier::Kind::kTimestamp, RoundToInt64(seconds * 1000)};
  expr->position.end = end;
}

void SetQueryBound(Expr* expr, AtModifier::Kind bound, int32_t end) {
  FindUnsetAt(expr) = {bound, 0};
  expr->position.end = end;
}

void SetRangeModifier(Expr* expr, RangeModifier modifier, ExtendedRanges extended_ranges) {
  const auto fail = [&](std::string_view why) {
    Fail(expr->position,
         std::string(RangeModifierName(modifier)) + " modifier " + std::string(why));
  };
  if (modifier == RangeModifier::kExact && expr->kind() == ExprKind::kVectorSelector) {
    fail("is for range vector selectors: a range in brackets must precede it");
  }
  if (modifier != RangeModifier::kExact && extended_ranges == ExtendedRanges::kDisabled) {
    fail("is experimental and not enabled");
  }
  VectorSelector* selector = nullptr;
  switch (expr->kind()) {
    case ExprKind::kVectorSelector:
      selector = static_cast<VectorSelector*>(expr);
      break;
    case ExprKind::kMatrixSelector:
      selector = &Mutable(static_cast<MatrixSelector*>(expr)->selector);
      break;
    case ExprKind::kSubquery:
      fail("is not supported for subqueries");
      break;
    default:
      fail("not implemented");
  }
  if (selector->modifier != RangeModifier::kNone && selector->modifier != modifier) {
    const auto [first, second] = std::minmax(selector->modifier, modifier);
    Fail(expr->position, std::string(RangeModifierName(first)) + " and " +
                             std::string(RangeModifierName(second)) +
                             " modifiers cannot be used together");
  }
  selector->modifier = modifier;
}

std::shared_ptr<Expr> SelectRange(const std::shared_ptr<Expr>& expr, Duration range,
                                  PositionRange brackets) {
  if (expr->kind() != ExprKind::kVectorSelector) {
    Fail(brackets, "ranges only allowed for vector selectors");
  }
  auto selector = std::static_pointer_cast<VectorSelector>(expr);
  if (!selector->offset.IsZeroLiteral()) {
    Fail(brackets, "no offset modifiers allowed before range");
  }
  if (selector->at.kind != AtModifier::Kind::kNone) {
    Fail(brackets, "no @ modifiers allowed before range");
  }
  auto matrix = std::make_shared<MatrixSelector>();
  matrix->position = {selector->position.start, brackets.end};
  matrix->selector = std::move(selector);
  matrix->range = std::move(range);
  return matrix;
}

std::shared_ptr<Expr> MakeSubquery(std::shared_ptr<Expr> expr, Duration range,
                                   std::optional<Duration> step, int32_t end) {
  auto subquery = std::make_shared<SubqueryExpr>();
  subquery->position = {expr->position.start, end};
  subquery->expr = std::move(expr);
  subquery->range = std::move(range);
  subquery->step = std::move(step);
  return subquery;
}

}  // namespace promlite::promql::internal
