// Equal parts of a query run once; parts that differ, however little, each run.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "promlite/engine/engine.h"
#include "promlite/storage/database.h"

namespace promlite::promql {
namespace {

class EqualParts : public testing::Test {
 protected:
  void Append(const Labels& labels, double value) {
    const std::vector<Sample> samples = {{0, value}};
    ASSERT_TRUE(database_.Append(labels, samples, absl::UnixEpoch()).ok());
  }

  // The values of the result's series.
  std::vector<double> Ask(std::string_view query) const {
    EngineOptions options;
    options.binop_fill_modifiers = true;
    const auto result = Engine(&database_, options).Instant(query, absl::UnixEpoch());
    EXPECT_TRUE(result.ok()) << result.status();
    std::vector<double> values;
    if (!result.ok()) return values;
    for (const ResultSeries& series : result->series) {
      values.push_back(series.samples.front().value);
    }
    return values;
  }

  Database database_;
};

TEST_F(EqualParts, RunOnce) {
  Append(Labels({{"__name__", "x"}}), 2);
  const auto explained = Engine(&database_).ExplainInstant("sum(x) * sum(x)", absl::UnixEpoch());
  ASSERT_TRUE(explained.ok());
  ASSERT_EQ(explained->operators.size(), 4u);
  EXPECT_EQ(explained->operators[1].description, "sum");
  EXPECT_EQ(explained->operators[3].description, "sum");
  EXPECT_TRUE(explained->operators[3].shared);
}

TEST_F(EqualParts, FillValuesThatDifferInTheLastDigitsAreNotEqual) {
  Append(Labels({{"__name__", "x"}, {"l", "a"}}), 1);
  Append(Labels({{"__name__", "y"}, {"l", "b"}}), 1);
  EXPECT_EQ(Ask("(x + fill_right(16777216) y) - (x + fill_right(16777217) y)"),
            (std::vector<double>{-1}));
  EXPECT_EQ(Ask("(x + fill_left(16777216) y) - (x + fill_left(16777217) y)"),
            (std::vector<double>{-1}));
}

TEST_F(EqualParts, ALabelWithALineFeedIsNotTwoLabels) {
  Append(Labels({{"__name__", "x"}, {"a", "1"}, {"b", "1"}}), 1);
  Append(Labels({{"__name__", "x"}, {"a", "1"}, {"b", "2"}}), 1);
  EXPECT_EQ(Ask(R"(count(sum by (a, b) (x)) - count(sum by ("a\nb") (x)))"),
            (std::vector<double>{1}));
}

TEST_F(EqualParts, GroupingsOfDifferentLengthAreNotEqual) {
  Append(Labels({{"__name__", "x"}, {"a", "1"}, {"b", "1"}}), 1);
  Append(Labels({{"__name__", "x"}, {"a", "1"}, {"b", "2"}}), 1);
  EXPECT_EQ(Ask("count(sum by (a, b) (x)) - count(sum by (a) (x))"), (std::vector<double>{1}));
  EXPECT_EQ(Ask("count(sum by (a, b) (x)) - count(sum without (a, b) (x))"),
            (std::vector<double>{1}));
}

TEST_F(EqualParts, AZeroFillAndNoFillAreNotEqual) {
  Append(Labels({{"__name__", "x"}, {"l", "a"}}), 1);
  Append(Labels({{"__name__", "y"}, {"l", "b"}}), 1);
  EXPECT_EQ(Ask("count((x + fill(0) y) or (x + y))"), (std::vector<double>{2}));
  EXPECT_EQ(Ask("count(x + fill_left(0) y) + count(x + fill_right(0) y)"),
            (std::vector<double>{2}));
  EXPECT_EQ(Ask("sum(x + fill_left(0) y) - sum(x + fill_right(0) y)"), (std::vector<double>{0}));
}

TEST_F(EqualParts, MatchersThatShareTheirTextAreNotEqual) {
  Append(Labels({{"__name__", "x"}, {"a", "1"}}), 1);
  Append(Labels({{"__name__", "x"}, {"b", "1"}}), 2);
  EXPECT_EQ(Ask(R"(sum(x{a="1"}) - sum(x{b="1"}))"), (std::vector<double>{-1}));
  EXPECT_EQ(Ask(R"(sum(x{a="1"}) - sum(x{a!="1"}))"), (std::vector<double>{-1}));
  EXPECT_EQ(Ask(R"(sum(x{a="1"}) - sum(x{a="1",b=""}) + sum(x{a=~"1|"}))"),
            (std::vector<double>{3}));
}

TEST_F(EqualParts, RangesThatDifferInLengthOffsetOrTimeAreNotEqual) {
  const std::vector<Sample> samples = {{-120'000, 1}, {-60'000, 2}, {0, 4}};
  ASSERT_TRUE(database_.Append(Labels({{"__name__", "x"}}), samples, absl::UnixEpoch()).ok());
  EXPECT_EQ(Ask("sum_over_time(x[3m]) - sum_over_time(x[2m])"), (std::vector<double>{1}));
  EXPECT_EQ(Ask("sum_over_time(x[2m]) - sum_over_time(x[2m] offset 1m)"), (std::vector<double>{3}));
  EXPECT_EQ(Ask("sum_over_time(x[2m]) - sum_over_time(x[2m] @ -60)"), (std::vector<double>{3}));
  EXPECT_EQ(Ask("sum_over_time(x[2m:1m]) - sum_over_time(x[2m:1m] offset 1m)"),
            (std::vector<double>{3}));
  EXPECT_EQ(Ask("sum_over_time(x[2m:1m]) - sum_over_time(x[2m:2m])"), (std::vector<double>{2}));
  EXPECT_EQ(Ask("x - (x offset 1m)"), (std::vector<double>{2}));
}

TEST_F(EqualParts, StringsOfACallThatDifferAreNotEqual) {
  Append(Labels({{"__name__", "x"}, {"a", "1"}}), 1);
  EXPECT_EQ(
      Ask(R"(count(label_replace(x, "b", "c", "", "") or label_replace(x, "b", "d", "", "")))"),
      (std::vector<double>{2}));
  EXPECT_EQ(Ask(R"(count(label_join(x, "b", "s", "a", "t") or label_join(x, "b", "s", "t", "a")))"),
            (std::vector<double>{2}));
}

TEST_F(EqualParts, RunOnceHoweverTheyAreSpaced) {
  Append(Labels({{"__name__", "x"}}), 2);
  for (const char* query : {"sum by (a, b) (x{l=~\"a|\"}) - (sum  by (a,b) ((x {l=~'a|'})))",
                            "rate(x[5m] offset 60s) - rate(x[300s] offset 1m)"}) {
    const auto explained = Engine(&database_).ExplainInstant(query, absl::UnixEpoch());
    ASSERT_TRUE(explained.ok()) << explained.status();
    EXPECT_TRUE(explained->operators.back().shared) << query;
  }
}

TEST_F(EqualParts, CallsThatCountTheirAnnotationsRunAsOftenAsTheyAreWritten) {
  Append(Labels({{"__name__", "x"}, {"le", "+Inf"}}), 2);
  const auto explained =
      Engine(&database_)
          .ExplainInstant("histogram_quantile(0.5, x) - histogram_quantile(0.5, x)",
                          absl::UnixEpoch());
  ASSERT_TRUE(explained.ok());
  for (const ExplainedOperator& op : explained->operators) {
    EXPECT_FALSE(op.shared && op.description == "histogram_quantile");
  }
}

}  // namespace
}  // namespace promlite::promql
