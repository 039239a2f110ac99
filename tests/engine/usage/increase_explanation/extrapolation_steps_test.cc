// The steps of rate, increase and delta, calculated by hand from Prometheus' formula.

#include "promlite/storage/metrics/sample.h"
#include "promlite/tests/engine/usage/increase_explanation/explanation_tester.h"

namespace promlite {
namespace {

using ExtrapolationStepsTest = ExplanationTester;

TEST_F(ExtrapolationStepsTest, ThreeCommitsReadAsMore_WhereBothEdgesAreNear) {
  // 20 samples, 10 to 13, in a range of 20 minutes that reaches 30 s beyond them on either side.
  for (int64_t minute = 10; minute < 30; ++minute) {
    Add({{minute * 60, minute < 13 ? 10.0 : minute < 18 ? 11.0 : minute < 25 ? 12.0 : 13.0}});
  }
  const IncreaseExplanation explanation = Explain("increase(x[20m])", 1770);
  EXPECT_EQ(explanation.call, "increase(x[20m])");
  EXPECT_EQ(explanation.time_ms, 1'770'000);
  EXPECT_EQ(explanation.range_start_ms, 570'000);
  EXPECT_EQ(explanation.range_end_ms, 1'770'000);
  ASSERT_EQ(explanation.series.size(), 1u);
  const ExplainedSeries& series = explanation.series[0];
  EXPECT_EQ(series.samples.size(), 20u);
  EXPECT_EQ(series.samples.front().timestamp_ms, 600'000);
  EXPECT_EQ(series.samples.back().value, 13);
  const ExtrapolationSteps& steps = *series.steps;
  EXPECT_EQ(steps.sampled, 1140);
  EXPECT_EQ(steps.average_interval, 60);
  EXPECT_EQ(steps.start.distance, 30);
  EXPECT_EQ(steps.start.stretch, 30);
  EXPECT_EQ(steps.start.rule, EdgeRule::kToTheEdge);
  EXPECT_EQ(*steps.start.to_zero, 1140 * (10.0 / 3.0));
  EXPECT_EQ(steps.end.distance, 30);
  EXPECT_EQ(steps.end.stretch, 30);
  EXPECT_EQ(steps.end.rule, EdgeRule::kToTheEdge);
  EXPECT_EQ(steps.raw_difference, 3);
  EXPECT_TRUE(steps.resets.empty());
  EXPECT_EQ(steps.increase, 3);
  EXPECT_EQ(steps.factor, 1200.0 / 1140.0);
  EXPECT_EQ(steps.result, 3.1578947368421053);
}

TEST_F(ExtrapolationStepsTest, FarEdges_AreHalfAnIntervalAway) {
  Add({{200, 100}, {260, 103}, {320, 106}});
  const ExtrapolationSteps steps = Steps("increase(x[10m])", 600);
  EXPECT_EQ(steps.start.distance, 200);
  EXPECT_EQ(steps.start.stretch, 30);
  EXPECT_EQ(steps.start.rule, EdgeRule::kHalfAnInterval);
  EXPECT_EQ(steps.end.distance, 280);
  EXPECT_EQ(steps.end.stretch, 30);
  EXPECT_EQ(steps.end.rule, EdgeRule::kHalfAnInterval);
  EXPECT_EQ(steps.result, 9);  // 6 * 180 / 120
}

TEST_F(ExtrapolationStepsTest, CounterIsNotStretchedBeyondItsZero) {
  Add({{60, 1}, {120, 11}, {180, 21}, {240, 31}});
  const ExtrapolationSteps steps = Steps("increase(x[4m])", 270);
  EXPECT_EQ(steps.start.distance, 30);
  EXPECT_EQ(*steps.start.to_zero, 180 * (1.0 / 30.0));
  EXPECT_EQ(steps.start.stretch, *steps.start.to_zero);
  EXPECT_EQ(steps.start.rule, EdgeRule::kCounterZero);
  EXPECT_DOUBLE_EQ(steps.result, 36);  // 30 * (180 + 6 + 30) / 180
  // A gauge has no zero.
  EXPECT_EQ(Steps("delta(x[4m])", 270).start.rule, EdgeRule::kToTheEdge);
  EXPECT_FALSE(Steps("delta(x[4m])", 270).start.to_zero.has_value());
  EXPECT_EQ(Steps("delta(x[4m])", 270).result, 40);  // 30 * 240 / 180
}

TEST_F(ExtrapolationStepsTest, Prometheus2_ComparesTheZeroWithTheThreshold) {
  // 90 s to the edge, 45 s to the zero, 66 s the threshold.
  Add({{90, 7.5}, {150, 17.5}, {210, 27.5}, {270, 37.5}});
  const ExtrapolationSteps now = Steps("increase(x[5m])", 300);
  EXPECT_EQ(now.start.rule, EdgeRule::kHalfAnInterval);
  EXPECT_EQ(now.start.stretch, 30);
  EXPECT_DOUBLE_EQ(now.result, 40);  // 30 * (180 + 30 + 30) / 180
  options_.compatibility = Compatibility::kPrometheus2;
  const ExtrapolationSteps old = Steps("increase(x[5m])", 300);
  EXPECT_EQ(old.start.rule, EdgeRule::kCounterZero);
  EXPECT_EQ(old.start.stretch, 45);
  EXPECT_DOUBLE_EQ(old.result, 42.5);  // 30 * (180 + 45 + 30) / 180
}

TEST_F(ExtrapolationStepsTest, Prometheus2_TakesAFarZeroForAFarEdge) {
  // 300 s to the edge; the zero is 60 s away, nearer than the threshold of 66 s.
  Add({{300, 10}, {360, 20}, {420, 30}});
  options_.compatibility = Compatibility::kPrometheus2;
  EXPECT_EQ(Steps("increase(x[7m])", 420).start.rule, EdgeRule::kCounterZero);
  EXPECT_EQ(Steps("increase(x[7m])", 420).start.stretch, 60);
  Add({{480, 30}, {540, 30}});
  // Increase 20 in 240 s: the zero is 120 s away.
  const ExtrapolationSteps steps = Steps("increase(x[9m])", 540);
  EXPECT_EQ(*steps.start.to_zero, 120);
  EXPECT_EQ(steps.start.rule, EdgeRule::kHalfAnInterval);
  EXPECT_EQ(steps.start.stretch, 30);
}

TEST_F(ExtrapolationStepsTest, Prometheus2_TakesTheSampleAtTheVeryStart) {
  Add({{0, 1}, {60, 2}, {120, 3}});
  EXPECT_EQ(ExplainOne("increase(x[2m])", 120).samples.size(), 2u);
  options_.compatibility = Compatibility::kPrometheus2;
  EXPECT_EQ(ExplainOne("increase(x[2m])", 120).samples.size(), 3u);
}

TEST_F(ExtrapolationStepsTest, ResetsAddTheValuesBeforeThem) {
  Add({{60, 0}, {120, 3}, {180, 5}, {240, 1}, {300, 2}, {360, 4}, {420, 1}});
  const ExtrapolationSteps steps = Steps("increase(x[7m])", 420);
  EXPECT_EQ(steps.raw_difference, 1);
  EXPECT_EQ(steps.resets, (std::vector<size_t>{3, 6}));
  EXPECT_EQ(steps.added_by_resets, 9);
  EXPECT_EQ(steps.increase, 10);
  EXPECT_EQ(steps.start.stretch, 0);  // it is zero at its first sample
  EXPECT_EQ(steps.start.rule, EdgeRule::kCounterZero);
  EXPECT_EQ(steps.result, 10);
  EXPECT_EQ(Steps("rate(x[7m])", 420).result, 10 * (1.0 / 420));
  // What falls is a gauge's own business.
  const ExtrapolationSteps delta = Steps("delta(x[7m])", 420);
  EXPECT_TRUE(delta.resets.empty());
  EXPECT_EQ(delta.increase, 1);
}

TEST_F(ExtrapolationStepsTest, OneSampleHasNoResult) {
  Add({{60, 4}});
  const ExplainedSeries series = ExplainOne("increase(x[5m])", 120);
  EXPECT_EQ(series.samples.size(), 1u);
  EXPECT_FALSE(series.steps.has_value());
}

TEST_F(ExtrapolationStepsTest, StalenessMarkersAreNoSamples) {
  Add({{60, 1}, {120, StalenessMarker()}, {180, 3}, {240, StalenessMarker()}});
  const ExplainedSeries series = ExplainOne("increase(x[5m])", 300);
  ASSERT_EQ(series.samples.size(), 2u);
  EXPECT_EQ(series.samples.back().timestamp_ms, 180'000);
  EXPECT_EQ(series.steps->average_interval, 120);
}

TEST_F(ExtrapolationStepsTest, StartTimestampsCountFromZero) {
  options_.use_start_timestamps = true;
  Add({{60, 2}, {120, 3}}, 20);
  const ExtrapolationSteps steps = Steps("increase(x[2m])", 120);
  EXPECT_EQ(steps.start.rule, EdgeRule::kStartTimestamp);
  EXPECT_EQ(steps.start.stretch, 0);
  EXPECT_EQ(steps.sampled, 100);
  EXPECT_EQ(steps.added_from_start, 2);
  EXPECT_EQ(steps.increase, 3);
  EXPECT_EQ(steps.result, 3);
  // It began before the range.
  EXPECT_EQ(Steps("increase(x[90s])", 120).added_from_start, 0);
}

TEST_F(ExtrapolationStepsTest, OffsetAndAtMoveTheRange) {
  Add({{60, 1}, {120, 2}, {180, 5}, {240, 9}});
  const IncreaseExplanation offset = Explain("increase(x[2m] offset 1m)", 240);
  EXPECT_EQ(offset.range_start_ms, 60'000);
  EXPECT_EQ(offset.range_end_ms, 180'000);
  EXPECT_EQ(offset.series[0].steps->raw_difference, 3);
  const IncreaseExplanation at = Explain("increase(x[3m] @ 180)", 10'000);
  EXPECT_EQ(at.time_ms, 10'000'000);
  EXPECT_EQ(at.range_end_ms, 180'000);
  EXPECT_EQ(at.series[0].steps->raw_difference, 4);
}

}  // namespace
}  // namespace promlite
