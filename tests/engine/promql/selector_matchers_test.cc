#include "promlite/engine/promql/plan/binding.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "promlite/parser/promql/parser.h"
#include "promlite/parser/text/regex_matcher.h"

namespace promlite::promql::internal {
namespace {

ExprPtr Selector(const std::string& query) {
  absl::StatusOr<ExprPtr> expr = Parse(query, {});
  EXPECT_TRUE(expr.ok()) << expr.status();
  return *std::move(expr);
}

TEST(CompileMatchers, SharesTheExpressionsThatTheParserCompiled) {
  const ExprPtr expr = Selector(R"(x{a=~"b.d", c!~"e[f]", g="h"})");
  const auto& selector = As<VectorSelector>(*expr);
  for (int planned = 0; planned < 2; ++planned) {
    const std::vector<Matcher> matchers = CompileMatchers(selector).value();
    ASSERT_EQ(matchers.size(), selector.matchers.size());
    EXPECT_NE(matchers[0].regex(), nullptr);
    for (size_t i = 0; i < matchers.size(); ++i) {
      EXPECT_EQ(matchers[i].regex(), selector.matchers[i].regex.get()) << i;
    }
    EXPECT_EQ(matchers[0].type(), Matcher::Type::kRegexMatch);
    EXPECT_TRUE(matchers[0].Matches("bcd"));
    EXPECT_FALSE(matchers[1].Matches("ef"));
    EXPECT_EQ(matchers[2].regex(), nullptr);
  }
}

TEST(CompileMatchers, CompilesThoseOfATreeThatWasNotParsed) {
  VectorSelector selector;
  selector.matchers.push_back({"a", MatchOp::kRegexMatch, "b.d"});
  EXPECT_TRUE(CompileMatchers(selector).value()[0].Matches("bcd"));
  selector.matchers[0].value = "(";
  EXPECT_FALSE(CompileMatchers(selector).ok());
}

}  // namespace
}  // namespace promlite::promql::internal
