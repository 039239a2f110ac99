#include "promlite/engine/promql/plan/selector_matchers.h"

namespace promlite::promql::internal {
namespace {

Matcher::Type ToMatcherType(MatchOp op) {
  switch (op) {
    case MatchOp::kEqual:
      return Matcher::Type::kEqual;
    case MatchOp::kNotEqual:
      return Matcher::Type::kNotEqual;
    case MatchOp::kRegexMatch:
      return Matcher::Type::kRegexMatch;
    case MatchOp::kRegexNoMatch:
      break;
  }
  return Matcher::Type::kRegexNoMatch;
}

}  // namespace

absl::StatusOr<std::vector<Matcher>> CompileMatchers(const VectorSelector& selector) {
  std::vector<Matcher> matchers;
  matchers.reserve(selector.matchers.size());
  for (const LabelMatcher& written : selector.matchers) {
    absl::StatusOr<Matcher> matcher =
        Matcher::Create(ToMatcherType(written.op), written.name, written.value);
    if (!matcher.ok()) return matcher.status();
    matchers.push_back(*std::move(matcher));
  }
  return matchers;
}

}  // namespace promlite::promql::internal
