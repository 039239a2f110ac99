// What stands beside an explanation: other formulas' answers, streams, and how many series.

#include "promlite/storage/metrics/histograms/histogram.h"
#include "promlite/tests/engine/usage/increase_explanation/explanation_tester.h"

namespace promlite {
namespace {

using OtherFormulasTest = ExplanationTester;

TEST_F(OtherFormulasTest, TwoWritersCountEachByItself) {
  // 30 s apart, one up to 3, the other up to 8.
  Add({{60, 1}, {120, 1}, {180, 2}, {240, 2}, {300, 3}, {360, 3}}, 10);
  Add({{90, 1}, {150, 2}, {210, 4}, {270, 5}, {330, 6}, {390, 8}}, 20);
  const ExplainedSeries series = ExplainOne("increase(x[6m])", 390);
  EXPECT_EQ(series.samples.size(), 12u);
  EXPECT_EQ(series.steps->raw_difference, 7);
  EXPECT_EQ(series.steps->resets.size(), 3u);  // 4 to 2, 5 to 3, 6 to 3
  EXPECT_EQ(series.steps->added_by_resets, 15);
  EXPECT_EQ(series.max_minus_min, 7);
  EXPECT_EQ(series.exact, 11);
  EXPECT_EQ(series.writers_at_a_time, 2u);
  ASSERT_EQ(series.streams.size(), 2u);
  const ExplainedStream& second = series.streams[1];
  EXPECT_EQ(second.start_ns, 20'000'000'000);
  EXPECT_TRUE(second.start_is_known);
  EXPECT_EQ(second.first.timestamp_ms, 90'000);
  EXPECT_EQ(second.last.value, 8);
  EXPECT_EQ(second.samples, 6u);
  EXPECT_EQ(second.counted, 8);
  EXPECT_EQ(series.streams[0].counted, 3);
}

TEST_F(OtherFormulasTest, StreamCountsFromItsSampleBeforeTheRange) {
  Add({{60, 4}, {120, 6}, {180, 7}}, 10);
  Add({{130, 5}, {190, 8}}, 500);  // a start behind its first sample is not known
  const ExplainedSeries series = ExplainOne("increase(x[90s])", 200);
  ASSERT_EQ(series.streams.size(), 2u);
  EXPECT_EQ(series.streams[0].samples, 2u);
  EXPECT_EQ(series.streams[0].counted, 3);  // from 4 to 7
  EXPECT_FALSE(series.streams[1].start_is_known);
  EXPECT_EQ(series.streams[1].counted, 3);  // from 5 to 8
  EXPECT_EQ(series.exact, 6);
}

TEST_F(OtherFormulasTest, StartBehindTheFirstSample_StaysUnknownInLaterRanges) {
  Add({{60, 1}, {120, 2}, {180, 4}}, 90);
  const ExplainedSeries series = ExplainOne("increase(x[1m])", 200);
  ASSERT_EQ(series.streams.size(), 1u);
  EXPECT_FALSE(series.streams[0].start_is_known);
  EXPECT_EQ(series.streams[0].counted, 2);
}

TEST_F(OtherFormulasTest, WritersOneAfterTheOther_AreOneAtATime) {
  Add({{60, 1}, {120, 2}}, 10);
  Add({{180, 1}, {240, 2}}, 130);
  EXPECT_EQ(ExplainOne("increase(x[5m])", 300).streams.size(), 2u);
  EXPECT_EQ(ExplainOne("increase(x[5m])", 300).writers_at_a_time, 1u);
}

TEST_F(OtherFormulasTest, AnchoredAndSmoothedStandBeside_WhateverTheEngineAllows) {
  // At 90 s and 210 s the line between the samples is at 2 and 7.
  Add({{60, 1}, {120, 3}, {180, 6}, {240, 8}});
  const ExplainedSeries series = ExplainOne("increase(x[2m])", 210);
  EXPECT_EQ(series.anchored, 5);  // 6 - 1
  EXPECT_EQ(series.smoothed, 5);  // 7 - 2
  EXPECT_EQ(series.max_minus_min, 3);
  EXPECT_EQ(series.exact, 5);
}

TEST_F(OtherFormulasTest, RateDividesAllByTheRange) {
  Add({{60, 1}, {120, 3}, {180, 6}, {240, 8}});
  const ExplainedSeries series = ExplainOne("rate(x[2m])", 210);
  EXPECT_EQ(series.max_minus_min, 3.0 / 120);
  EXPECT_EQ(series.anchored, 5.0 / 120);
  EXPECT_EQ(series.smoothed, 5.0 / 120);
  EXPECT_EQ(series.exact, 5.0 / 120);
}

TEST_F(OtherFormulasTest, DeltaKnowsNoStreams) {
  Add({{60, 5}, {120, 3}}, 10);
  const ExplainedSeries series = ExplainOne("delta(x[5m])", 180);
  EXPECT_TRUE(series.streams.empty());
  EXPECT_FALSE(series.exact.has_value());
  EXPECT_EQ(series.anchored, -2);
}

TEST_F(OtherFormulasTest, SingleExport_IsNothingToTheOthers) {
  Add({{60, 4}}, 10);
  const ExplainedSeries series = ExplainOne("increase(x[5m])", 120);
  EXPECT_EQ(series.max_minus_min, 0);
  EXPECT_EQ(series.exact, 4);
}

TEST_F(OtherFormulasTest, OldPrometheusStandsBesideTheNewFormulas) {
  options_.compatibility = Compatibility::kPrometheus2;
  Add({{60, 1}, {120, 3}}, 10);
  const ExplainedSeries series = ExplainOne("increase(x[1m])", 120);
  EXPECT_EQ(series.samples.size(), 2u);  // closed on the left
  EXPECT_EQ(series.max_minus_min, 2);
  EXPECT_EQ(series.exact, 2);
}

TEST_F(OtherFormulasTest, SeriesWhoseNamesAloneDifferAreToldApart) {
  Add({{60, 1}, {120, 2}}, 0, {{"__name__", "a"}, {"job", "j"}});
  Add({{60, 1}, {120, 5}}, 0, {{"__name__", "b"}, {"job", "j"}});
  const IncreaseExplanation explanation = Explain("increase({__name__=~\"a|b\"}[5m])", 120);
  ASSERT_EQ(explanation.series.size(), 2u);
  EXPECT_EQ(explanation.series[0].labels.MetricName(), "a");
  EXPECT_EQ(explanation.series[0].max_minus_min, 1);
  EXPECT_EQ(explanation.series[1].max_minus_min, 4);
  EXPECT_EQ(explanation.series[1].exact, 4);
}

TEST_F(OtherFormulasTest, TenSeriesUnlessAskedForMore) {
  for (int i = 0; i < 13; ++i) {
    const std::string number = std::to_string(100 + i);
    Add({{60, 1}, {120, static_cast<double>(i)}}, 0, {{"__name__", "x"}, {"i", number}});
  }
  // Not in the range.
  Add({{600, 1}}, 0, {{"__name__", "x"}, {"i", "000"}});
  const IncreaseExplanation ten = Explain("increase(x[3m])", 180);
  EXPECT_EQ(ten.series.size(), 10u);
  EXPECT_EQ(ten.series_left_out, 3u);
  EXPECT_EQ(ten.series[0].labels.Get("i"), "100");
  EXPECT_EQ(ten.series[9].labels.Get("i"), "109");
  EXPECT_EQ(ten.series[9].max_minus_min, 8);
  const IncreaseExplanation all = Explain("increase(x[3m])", 180, 0);
  EXPECT_EQ(all.series.size(), 13u);
  EXPECT_EQ(all.series_left_out, 0u);
}

TEST_F(OtherFormulasTest, NativeHistogramsAreCountedNotExplained) {
  auto histogram = std::make_shared<Histogram>();
  ASSERT_TRUE(database_.AppendHistograms({{"__name__", "x"}}, {{{60'000, histogram}}}).ok());
  Add({{120, 1}, {180, 2}});
  Add({{120, 1}, {180, 2}}, 0, {{"__name__", "x"}, {"of", "numbers"}});
  const IncreaseExplanation explanation = Explain("increase(x[5m])", 200);
  ASSERT_EQ(explanation.series.size(), 2u);
  EXPECT_EQ(explanation.series[0].native_histograms, 1u);
  EXPECT_FALSE(explanation.series[0].steps.has_value());
  EXPECT_TRUE(explanation.series[1].steps.has_value());
}

TEST_F(OtherFormulasTest, LimitsHold) {
  Add({{60, 1}, {120, 2}, {180, 3}});
  options_.max_samples = 2;
  EXPECT_TRUE(absl::IsResourceExhausted(
      ExplainIncrease(database_, options_, "increase(x[5m])", absl::FromUnixSeconds(200))
          .status()));
  options_.max_samples = 1000;
  const std::atomic<bool> cancelled = true;
  EXPECT_TRUE(
      absl::IsCancelled(ExplainIncrease(database_, options_, "increase(x[5m])",
                                        absl::FromUnixSeconds(200), {.cancelled = &cancelled})
                            .status()));
}

}  // namespace
}  // namespace promlite
