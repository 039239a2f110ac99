#include "promlite/engine/kernels/extrapolation.h"

#include <gtest/gtest.h>

#include "promlite/tests/engine/kernels/kernel_tester.h"

namespace promlite::internal {
namespace {

// 0, 10, ... 50 at 0, 15, ... 75 s.
TestSeries Slope() { return Regular(0, 15'000, {0, 10, 20, 30, 40, 50}); }
// 1, 11, 21 at 30, 45, 60 s.
TestSeries LateStart() { return Regular(30'000, 15'000, {1, 11, 21}); }
// 5, 10, 2, 4 at 15, 30, 45, 60 s.
TestSeries WithReset() { return Regular(15'000, 15'000, {5, 10, 2, 4}); }

std::optional<double> OneMinute(const TestSeries& series, const char* function, int64_t at_ms) {
  return At(series, {.function = function, .range_ms = 60'000, .at_ms = at_ms});
}

TEST(Extrapolation, Increase_ReachesTheBorder_WhenItIsNoFurtherThanASample) {
  EXPECT_EQ(OneMinute(Slope(), "increase", 75'000), 40);
}

TEST(Extrapolation, Rate_IsIncreaseASecond) {
  EXPECT_EQ(OneMinute(Slope(), "rate", 75'000), 0.6666666666666666);
}

TEST(Extrapolation, Increase_LeavesOutTheSampleOnTheLeftBorder) {
  EXPECT_EQ(OneMinute(Slope(), "increase", 60'000), 40);
}

TEST(Extrapolation, Increase_StopsHalfASampleBehindTheLast_FromTheThresholdOn) {
  EXPECT_EQ(OneMinute(Slope(), "increase", 91'500), 34);
  EXPECT_EQ(OneMinute(Slope(), "increase", 92'000), 33.666666666666664);
}

TEST(Extrapolation, Increase_StopsWhereACounterWasZero) {
  EXPECT_EQ(OneMinute(LateStart(), "increase", 60'000), 21);
}

TEST(Extrapolation, Delta_KnowsNoZero) { EXPECT_EQ(OneMinute(LateStart(), "delta", 60'000), 25); }

TEST(Extrapolation, Increase_AddsWhatWasLostAtAReset) {
  EXPECT_EQ(OneMinute(WithReset(), "increase", 60'000), 12);
}

TEST(Extrapolation, Delta_DoesNotLookForResets) {
  EXPECT_EQ(OneMinute(WithReset(), "delta", 60'000), -1.3333333333333333);
}

TEST(Extrapolation, OneSample_IsNotEnough) {
  const TestSeries one = Regular(30'000, 15'000, {7});
  for (const char* function : {"rate", "increase", "delta"}) {
    EXPECT_EQ(OneMinute(one, function, 60'000), std::nullopt) << function;
  }
}

TEST(Extrapolation, Increase_OfNegativeValues_IsNotLimitedByZero) {
  const TestSeries negative = Regular(30'000, 15'000, {-21, -11, -1});
  EXPECT_EQ(OneMinute(negative, "increase", 60'000), 25);
}

TEST(Extrapolation, NaNIsNoReset) {
  const TestSeries series = Regular(15'000, 15'000, {5, kNaN, 2, 4});
  const std::optional<double> increase = OneMinute(series, "increase", 60'000);
  ASSERT_TRUE(increase.has_value());
  EXPECT_EQ(*increase, -1.3333333333333333);
}

TEST(Extrapolation, InfinitiesStayInTheResult) {
  EXPECT_EQ(OneMinute(Regular(15'000, 15'000, {1, 2, 3, kInf}), "increase", 60'000), kInf);
  const auto difference = OneMinute(Regular(15'000, 15'000, {kInf, 2, 3, kInf}), "delta", 60'000);
  ASSERT_TRUE(difference.has_value());
  EXPECT_TRUE(std::isnan(*difference));
}

TEST(Extrapolation, Increase_OverAnOffset_IsThatOfTheEarlierRange) {
  EXPECT_EQ(
      At(Slope(),
         {.function = "increase", .range_ms = 60'000, .at_ms = 175'000, .offset_ms = 100'000}),
      40);
}

TEST(Extrapolation, Rate_OfEveryStep_IsThatOfItsOwnRange) {
  // Prometheus' script extended_vectors.test, "Complete dataset".
  const TestSeries metric = Regular(0, 15'000, {1, 2, 3, 4, 5, 9, 10, 11, 12, 13});
  const Row increase = Evaluate(
      metric,
      {.function = "increase", .range_ms = 60'000, .at_ms = 5'000, .step_ms = 15'000, .steps = 9});
  EXPECT_TRUE(Near(increase, {std::nullopt, 1.833333333, 2.833333333, 4, 4, 8, 8, 8, 4}));
}

TEST(Extrapolation, Increase_AcrossAGap_UsesTheAverageDistance) {
  // The same script, "Partial dataset".
  const TestSeries metric =
      Regular(0, 15'000, {1, 2, 3, std::nullopt, std::nullopt, 9, 10, 11, 12, 13});
  const Row increase = Evaluate(
      metric,
      {.function = "increase", .range_ms = 60'000, .at_ms = 5'000, .step_ms = 15'000, .steps = 9});
  EXPECT_TRUE(Near(increase, {std::nullopt, 1.833333333, 2.833333333, 3.166666666, 2.166666666, 8,
                              1.833333333, 2.833333333, 4}));
}

// The rest are float cases of Prometheus' functions.test.

TEST(Extrapolation, Increase_OfCountersThatBeganAboveZero) {
  const TestSeries foo = Load(5 * kMinute, "0+10x10"), bar = Load(5 * kMinute, "0+18x5 0+18x5");
  const TestSeries dings = Load(5 * kMinute, "10+10x10"), bumms = Load(5 * kMinute, "1+10x10");
  const RangeCall near_call = {
      .function = "increase", .range_ms = 50 * kMinute, .at_ms = 50 * kMinute};
  const RangeCall far_call = {
      .function = "increase", .range_ms = 100 * kMinute, .at_ms = 50 * kMinute};
  EXPECT_TRUE(Near(Evaluate(foo, near_call), {100}));
  EXPECT_TRUE(Near(Evaluate(bar, near_call), {160}));
  EXPECT_TRUE(Near(Evaluate(dings, near_call), {100}));
  EXPECT_TRUE(Near(Evaluate(bumms, near_call), {100}));
  EXPECT_TRUE(Near(Evaluate(foo, far_call), {100}));
  EXPECT_TRUE(Near(Evaluate(bar, far_call), {162}));
  EXPECT_TRUE(Near(Evaluate(dings, far_call), {105}));
  EXPECT_TRUE(Near(Evaluate(bumms, far_call), {101}));
}

TEST(Extrapolation, Increase_TakesACounterToBeginAtZeroAfterAReset) {
  EXPECT_TRUE(
      Near(Evaluate(Load(5 * kMinute, "0 1 2 3 2 3 4"),
                    {.function = "increase", .range_ms = 30 * kMinute, .at_ms = 30 * kMinute}),
           {7}));
}

TEST(Extrapolation, Rate_WithResetsInTheMiddleAndAtTheEnd) {
  const auto rate = [](const char* samples, int64_t range_ms) {
    return Evaluate(Load(5 * kMinute, samples),
                    {.function = "rate", .range_ms = range_ms, .at_ms = 50 * kMinute});
  };
  EXPECT_TRUE(Near(rate("0+27x4 0+27x5", 50 * kMinute), {0.08}));
  EXPECT_TRUE(Same(rate("0+10x9 0 10", 5 * kMinute), {std::nullopt}));
  EXPECT_TRUE(Near(rate("0+80x10", 50 * kMinute), {0.26666666666666666}));
}

TEST(Extrapolation, Rate_OverAnOffset) {
  const auto rate = [](const char* samples) {
    return Evaluate(Load(5 * kMinute, samples), {.function = "rate",
                                                 .range_ms = 10 * kMinute,
                                                 .at_ms = 50 * kMinute,
                                                 .offset_ms = 5 * kMinute});
  };
  EXPECT_TRUE(Near(rate("0+10x10"), {0.03333333333333333}));
  EXPECT_TRUE(Near(rate("0+20x10"), {0.06666666666666667}));
}

TEST(Extrapolation, Rate_IsCutOffAtZero_UpToHalfASample) {
  const struct {
    const char* samples;
    double early, late;
  } kCases[] = {{"0+240x10", 0.5, 0.6},   {"60+240x10", 0.55, 0.6}, {"120+240x10", 0.6, 0.6},
                {"180+240x10", 0.6, 0.6}, {"240+240x10", 0.6, 0.6}, {"300+240x10", 0.6, 0.6}};
  for (const auto& c : kCases) {
    const TestSeries series = Load(4 * kMinute, c.samples);
    RangeCall call = {.function = "rate", .range_ms = 20 * kMinute, .at_ms = 10 * kMinute};
    EXPECT_TRUE(Near(Evaluate(series, call), {c.early})) << c.samples;
    call.at_ms = 50 * kMinute;
    EXPECT_TRUE(Near(Evaluate(series, call), {c.late})) << c.samples;
  }
}

TEST(Extrapolation, Delta_OfGauges) {
  const RangeCall call = {.function = "delta", .range_ms = 20 * kMinute, .at_ms = 20 * kMinute};
  EXPECT_TRUE(Near(Evaluate(Load(5 * kMinute, "0 50 100 150 200"), call), {200}));
  EXPECT_TRUE(Near(Evaluate(Load(5 * kMinute, "200 150 100 50 0"), call), {-200}));
}

TEST(Extrapolation, Prometheus2_ComparesTheZeroWithTheThreshold) {
  // 1, 2, 3, 4 at 60 s: the zero lies a sample before the first one, the range's start two.
  const TestSeries series = Regular(60'000, 60'000, {1, 2, 3, 4});
  RangeCall call = {.function = "increase", .range_ms = 300'000, .at_ms = 240'000};
  EXPECT_EQ(At(series, call), 3.5);
  call.prometheus2 = true;
  EXPECT_EQ(At(series, call), 4);
  call.range_ms = 240'000;
  EXPECT_EQ(At(series, call), 4);
  call.prometheus2 = false;
  EXPECT_EQ(At(series, call), 4);
}

}  // namespace
}  // namespace promlite::internal
