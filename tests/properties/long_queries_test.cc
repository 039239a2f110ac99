// Queries that are long or high go through the whole engine, on a thread with little stack: they
// are answered, or refused with an error.

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "promlite/engine/engine.h"
#include "promlite/tests/parser/promql/small_stack.h"

namespace promlite {
namespace {

std::string Nested(std::string_view before, size_t times, std::string_view inside,
                   std::string_view after) {
  return promql::Repeat(before, times) + std::string(inside) + promql::Repeat(after, times);
}

class LongQueries : public ::testing::Test {
 protected:
  void SetUp() override {
    Sample samples[] = {{0, 1}, {60'000, 2}, {120'000, 3}};
    ASSERT_TRUE(database_.Append(Labels({{"__name__", "x"}, {"a", "b"}}), samples).ok());
    options_.experimental_functions = options_.binop_fill_modifiers = true;
    options_.threads = 2;
  }

  // Both kinds of queries, with rewrites and without, are answered.
  void ExpectAnswered(const std::string& query) {
    promql::OnSmallStack([&] {
      for (const bool rewrites : {true, false}) {
        options_.rewrites = rewrites;
        const Engine engine(&database_, options_);
        const auto instant = engine.Instant(query, kTime);
        EXPECT_TRUE(instant.ok()) << query.substr(0, 60) << ": " << instant.status();
        const auto range = engine.Range(query, kTime, kTime + absl::Minutes(2), absl::Minutes(1));
        EXPECT_TRUE(range.ok()) << query.substr(0, 60) << ": " << range.status();
        EXPECT_TRUE(engine.ExplainInstant(query, kTime).ok()) << query.substr(0, 60);
      }
    });
  }

  void ExpectRefused(const std::string& query) {
    promql::OnSmallStack([&] {
      const Engine engine(&database_, options_);
      const auto answer = engine.Instant(query, kTime);
      EXPECT_FALSE(answer.ok()) << query.substr(0, 60);
      EXPECT_TRUE(absl::IsInvalidArgument(answer.status())) << answer.status();
      EXPECT_LT(answer.status().message().size(), 300U) << answer.status();
    });
  }

  static constexpr absl::Time kTime = absl::FromUnixSeconds(120);
  Database database_;
  EngineOptions options_;
};

TEST_F(LongQueries, ChainsOfFiveThousandOperandsAreAnswered) {
  ExpectAnswered("1" + promql::Repeat(" + 1", 4999));
  ExpectAnswered("x" + promql::Repeat(" + x", 4999));
  ExpectAnswered("x" + promql::Repeat(" or x", 4999));
  ExpectAnswered("x" + promql::Repeat(" ^ 1", 4999));
  ExpectAnswered("1" + promql::Repeat(" ^ 1", 4999));
}

TEST_F(LongQueries, AThousandNestedOperationsOfEachKindAreAnswered) {
  ExpectAnswered(Nested("(", 1000, "x", ")"));
  ExpectAnswered(Nested("abs(", 1000, "x", ")"));
  ExpectAnswered(Nested("sum(", 1000, "x", ")"));
  ExpectAnswered(Nested("-", 5000, "x", ""));
  ExpectAnswered(Nested("+", 5000, "x", ""));
  ExpectAnswered(Nested("scalar(vector(", 500, "1", "))"));
  ExpectAnswered(Nested("topk(scalar(", 500, "x", "), x)"));
  ExpectAnswered(Nested("label_replace(", 1000, "x", R"x(, "c", "$1", "a", "(.*)"))x"));
  ExpectAnswered(Nested("max_over_time(", 100, "x", "[1m:1m])"));
}

TEST_F(LongQueries, WhatIsHigherIsRefused) {
  ExpectRefused("1" + promql::Repeat("+1", 5'000'000));
  ExpectRefused("x" + promql::Repeat("+x", 1'000'000));
  ExpectRefused("1" + promql::Repeat("^1", 1'000'000));
  ExpectRefused(Nested("(", 100'000, "1", ")"));
  ExpectRefused(Nested("-", 1'000'000, "x", ""));
  ExpectRefused(Nested("+", 1'000'000, "x", ""));
  ExpectRefused(Nested("abs(", 100'000, "x", ")"));
  ExpectRefused(Nested("sum by (a) (", 100'000, "x", ")"));
  ExpectRefused(Nested("max_over_time(", 100'000, "x", "[1m:1m])"));
  ExpectRefused("x" + promql::Repeat("[1m:]", 100'000));
  ExpectRefused(Nested("(", 100'000, "", ""));
  ExpectRefused("x[" + Nested("(", 100'000, "1m", ")") + "]");
  ExpectRefused("x offset " + Nested("-(", 100'000, "1m", ")"));
}

// The height of the tree is within its limit, but every subquery reaches further back: the grids
// grow, and the query's own limits hold.
TEST_F(LongQueries, SubqueriesInsideEachOther_AreAnsweredOrReachALimit) {
  options_.max_samples = 100'000;
  options_.timeout = absl::Seconds(2);
  const std::string query = Nested("max_over_time(", 1000, "x", "[1h:1s])");
  promql::OnSmallStack([&] {
    const Engine engine(&database_, options_);
    const auto answer = engine.Instant(query, kTime);
    EXPECT_TRUE(answer.ok() || absl::IsResourceExhausted(answer.status()) ||
                absl::IsDeadlineExceeded(answer.status()))
        << answer.status();
  });
}

}  // namespace
}  // namespace promlite
