#include "promlite/engine/promql/unit_inference.h"

#include <gtest/gtest.h>

#include "promlite/parser/promql/parser.h"

namespace promlite::promql {
namespace {

std::string UnitOf(std::string_view query) {
  const absl::StatusOr<ExprPtr> expr = Parse(query);
  EXPECT_TRUE(expr.ok()) << query << ": " << expr.status();
  if (!expr.ok()) return "";
  return InferUnit(**expr, [](std::string_view metric) -> std::string {
    if (metric == "cost_total") return "USD";
    if (metric == "tokens_total") return "tokens";
    return "";
  });
}

TEST(UnitInferenceTest, UnitsAreThoseOfTheMetrics) {
  EXPECT_EQ(UnitOf("cost_total"), "USD");
  EXPECT_EQ(UnitOf("sum by (model) (increase(cost_total[1h]))"), "USD");
  EXPECT_EQ(UnitOf("rate(cost_total[5m])"), "USD/s");
  EXPECT_EQ(UnitOf("cost_total + 1"), "USD");
  EXPECT_EQ(UnitOf("cost_total % 5"), "USD");
  EXPECT_EQ(UnitOf("topk(3, max_over_time(cost_total[5m]))"), "USD");
  EXPECT_EQ(UnitOf("sum(max_over_time(cost_total[1d])) - sum(min_over_time(cost_total[1d]))"),
            "USD");
  EXPECT_EQ(UnitOf("-cost_total > 5"), "USD");
  EXPECT_EQ(UnitOf("{__name__=\"cost_total\"}"), "USD");
}

// USD an hour are not USD/s, and cents not USD.
TEST(UnitInferenceTest, ANumberThatMultipliesOrDivides_TakesTheUnit) {
  EXPECT_EQ(UnitOf("rate(cost_total[5m]) * 3600"), "");
  EXPECT_EQ(UnitOf("100 * cost_total"), "");
  EXPECT_EQ(UnitOf("sum(tokens_total) / 1000"), "");
}

TEST(UnitInferenceTest, CountsRatiosAndMixtures_HaveNone) {
  EXPECT_EQ(UnitOf("count(cost_total)"), "");
  EXPECT_EQ(UnitOf("cost_total / cost_total"), "");
  EXPECT_EQ(UnitOf("cost_total + tokens_total"), "");
  EXPECT_EQ(UnitOf("cost_total > bool 5"), "");
  EXPECT_EQ(UnitOf("changes(cost_total[5m])"), "");
  EXPECT_EQ(UnitOf("up"), "");
  EXPECT_EQ(UnitOf("time()"), "");
}

}  // namespace
}  // namespace promlite::promql
