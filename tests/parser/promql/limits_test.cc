// Queries that are long or deep are answered or refused, on a thread with little stack.

#include <gtest/gtest.h>

#include <string>

#include "promlite/parser/promql/printer.h"
#include "promlite/tests/parser/promql/parse_helpers.h"
#include "promlite/tests/parser/promql/small_stack.h"

namespace promlite::promql {
namespace {

// Parsed, printed in both ways, and destroyed, the query is still itself.
void ExpectRoundTrip(const std::string& query) {
  OnSmallStack([&] {
    const absl::StatusOr<ExprPtr> expr = Parse(query, AllOptions());
    ASSERT_TRUE(expr.ok()) << expr.status().message();
    EXPECT_EQ(Print(**expr), query);
    EXPECT_FALSE(PrettyPrint(**expr).empty());
  });
}

void ExpectRefused(const std::string& query, const std::string& error) {
  OnSmallStack([&] { EXPECT_EQ(ErrorOf(query), error); });
}

constexpr char kTooDeep[] =
    "parse error: expression nested too deeply: more than 1024 parentheses, calls and aggregations "
    "inside each other";
constexpr char kTooHigh[] =
    "parse error: expression has too many operations: its tree is more than 6144 levels high";

TEST(Limits, AThousandParenthesesAreParsed) {
  ExpectRoundTrip(Repeat("(", 1000) + "x" + Repeat(")", 1000));
}

TEST(Limits, AThousandCallsAndAggregationsAreParsed) {
  ExpectRoundTrip(Repeat("abs(", 1000) + "x" + Repeat(")", 1000));
  ExpectRoundTrip(Repeat("sum(", 1000) + "x" + Repeat(")", 1000));
  ExpectRoundTrip(Repeat("label_replace(", 1000) + "x" + Repeat(R"(, "a", "$1", "b", "c"))", 1000));
}

TEST(Limits, ChainsOfFiveThousandOperandsAreParsed) {
  ExpectRoundTrip("1" + Repeat(" + 1", 4999));
  ExpectRoundTrip("x" + Repeat(" or x", 4999));
  ExpectRoundTrip("x" + Repeat(" and on (a) x", 4999));
}

TEST(Limits, RightAssociativeChainsAreParsed) { ExpectRoundTrip("2" + Repeat(" ^ 2", 4999)); }

TEST(Limits, ChainsOfSignsAreParsed) { ExpectRoundTrip(Repeat("-", 5000) + "x"); }

TEST(Limits, AChainInsideAThousandParenthesesIsParsed) {
  ExpectRoundTrip(Repeat("(", 1000) + "1" + Repeat(" + 1", 4999) + Repeat(")", 1000));
}

TEST(Limits, LongListsAreParsed) {
  std::string labels = "a", matchers = R"(a="b")";
  for (int i = 0; i < 20000; ++i) {
    labels += ", a";
    matchers += R"(,a="b")";
  }
  ExpectRoundTrip("sum by (" + labels + ") (x{" + matchers + "})");
}

TEST(Limits, AHundredThousandParenthesesAreRefusedWhereTheLimitIsPassed) {
  ExpectRefused(Repeat("(", 100'000) + "x" + Repeat(")", 100'000),
                std::string("1:1025: ") + kTooDeep);
  ExpectRefused(Repeat("sum(", 100'000), std::string("1:4097: ") + kTooDeep);
}

TEST(Limits, LongChainsAreRefusedAtTheOperatorThatIsTooMuch) {
  // A leaf is one level; the 6,144th operator makes 6,145. It stands at byte 2 * 6,144.
  ExpectRefused("1" + Repeat("+1", 100'000), std::string("1:12288: ") + kTooHigh);
  ExpectRefused("1" + Repeat("+1", 2'000'000), std::string("1:12288: ") + kTooHigh);
  // The innermost operator of a right-associative chain is reduced first.
  ExpectRefused("1" + Repeat("^1", 7000), std::string("1:1714: ") + kTooHigh);
  ExpectRefused(Repeat("-", 100'000) + "x", std::string("1:93857: ") + kTooHigh);
}

TEST(Limits, LongChainsOfSubqueriesAreRefused) {
  ExpectRefused("x" + Repeat("[1m:]", 100'000), std::string("1:1: ") + kTooHigh);
}

TEST(Limits, QueriesOfManyMegabytesAreRefusedUnread) {
  ExpectRefused("1" + Repeat("+1", 5'000'000),
                "1:1: parse error: query of 10000001 bytes is too long: at most 4194304 are "
                "allowed");
}

TEST(Limits, ARegexOfAMegabyteIsAnswered) {
  const std::string literals = Repeat("abcdefg|", 130'000) + "z";
  OnSmallStack([&] { EXPECT_TRUE(Parse("x{a=~\"" + literals + "\"}").ok()); });
  const std::string pattern = Repeat("a.c", 350'000);
  OnSmallStack([&] {
    const absl::StatusOr<ExprPtr> expr = Parse("x{a=~\"" + pattern + "\"}");
    if (!expr.ok()) {
      EXPECT_EQ(expr.status().message().substr(0, 60),
                "1:3: parse error: error parsing regexp: expression too large");
    }
  });
}

TEST(Limits, CalculatedDurationsAreBounded) {
  ExpectRoundTrip("x[5m" + Repeat(" + 1", 511) + "]");
  ExpectRefused("x[5m" + Repeat("+1", 512) + "]",
                "1:1027: parse error: duration has too many operations: its tree is more than 512 "
                "levels high");
  ExpectRefused("x[" + Repeat("(", 100'000) + "5m",
                "1:515: parse error: duration nested too deeply: more than 512 levels");
  ExpectRefused("x[" + Repeat("-", 100'000) + "step()]",
                "1:99491: parse error: duration has too many operations: its tree is more than 512 "
                "levels high");
}

TEST(Limits, SharedNodesSurviveTheTreeThatTheyCameFrom) {
  ExprPtr left;
  {
    const ExprPtr tree = MustParse("1" + Repeat(" + 1", 4999));
    left = As<BinaryExpr>(*tree).lhs;
  }
  EXPECT_EQ(Print(*left), "1" + Repeat(" + 1", 4998));
}

}  // namespace
}  // namespace promlite::promql
