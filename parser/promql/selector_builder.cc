#include "promlite/parser/promql/selector_builder.h"

#include <string>
#include <utility>

#include "promlite/parser/promql/parse_errors.h"
#include "promlite/parser/text/quoting.h"
#include "promlite/parser/text/regex_check.h"

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

}  // namespace

void SelectorBuilder::Begin() { selector_ = std::make_shared<VectorSelector>(); }

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
    if (const auto regex = RegexMatchesEmpty(matcher.value); !regex.ok()) {
      Fail({label_.position.start, string.position.end}, std::string(regex.status().message()));
    }
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

}  // namespace promlite::promql::internal
