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

}  // namespace
}  // namespace promlite::promql
