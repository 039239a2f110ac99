// `anchored` and `smoothed`: the float cases of Prometheus' extended_vectors.test.

#include "promlite/engine/kernels/extended_range.h"

#include <gtest/gtest.h>

#include "promlite/tests/engine/kernels/kernel_tester.h"

namespace promlite::internal {
namespace {

constexpr TestModifier kAnchored = TestModifier::kAnchored;
constexpr TestModifier kSmoothed = TestModifier::kSmoothed;
constexpr std::nullopt_t kNothing = std::nullopt;

std::optional<double> Over(const TestSeries& series, const char* function, int64_t range_ms,
                           TestModifier modifier, int64_t at_ms) {
  return At(series,
            {.function = function, .range_ms = range_ms, .at_ms = at_ms, .modifier = modifier});
}

// From 5 s to 125 s every 15 s, over a minute.
Row IncreaseOfAMinute(const TestSeries& series, TestModifier modifier) {
  return Evaluate(series, {.function = "increase",
                           .range_ms = kMinute,
                           .at_ms = 5 * kSecond,
                           .step_ms = 15 * kSecond,
                           .steps = 9,
                           .modifier = modifier});
}

TEST(ExtendedRange, Increase_OfTheCompleteDataset) {
  const TestSeries metric = Load(15 * kSecond, "1+1x4 9+1x4");
  EXPECT_TRUE(Near(IncreaseOfAMinute(metric, kAnchored), {0, 1, 2, 3, 4, 7, 7, 7, 7}));
  EXPECT_TRUE(Near(IncreaseOfAMinute(metric, kSmoothed),
                   {0.333333333, 1.333333333, 2.333333333, 3.333333333, 5, 7, 7, 7, 6}));
}

TEST(ExtendedRange, Increase_OfThePartialDataset) {
  const TestSeries metric = Load(15 * kSecond, "1+1x2 _ _ 9+1x4");
  EXPECT_TRUE(Near(IncreaseOfAMinute(metric, kAnchored), {0, 1, 2, 2, 2, 7, 7, 8, 9}));
  EXPECT_TRUE(Near(IncreaseOfAMinute(metric, kSmoothed),
                   {0.333333333, 1.333333333, 2.666666666, 4.666666666, 6.333333333, 7, 6.666666666,
                    5.666666666, 4.666666666}));
}

TEST(ExtendedRange, TheRangeIsOpenOnTheLeft) {
  const TestSeries metric = Load(kMinute, "1 2 _ 4 5");
  EXPECT_EQ(Over(metric, "increase", kMinute, kSmoothed, 2 * kMinute), 1);
  EXPECT_EQ(Over(metric, "increase", kMinute, kAnchored, 2 * kMinute), kNothing);
}

TEST(ExtendedRange, Increase_AndDelta_WithResets) {
  const TestSeries one = Load(kMinute, "1+1x4 1+1x4");
  const TestSeries two = Load(kMinute, "3 2+2x9");
  const TestSeries three = Load(kMinute, "5+3x2 3+3x6");
  const struct {
    const char* function;
    int64_t range_ms;
    TestModifier modifier;
    int64_t at_ms;
    std::optional<double> one, two, three;
  } kCases[] = {
      {"increase", kMinute, kSmoothed, 90 * kSecond, 1, 2, 3},
      {"increase", kMinute, kAnchored, 90 * kSecond, 1, 2, 3},
      {"delta", kMinute, kAnchored, 90 * kSecond, 1, -1, 3},
      {"delta", kMinute, kAnchored, 180 * kSecond, 1, 2, -8},
      {"delta", kMinute, kAnchored, 210 * kSecond, 1, 2, -8},
      {"increase", 5 * kMinute, kSmoothed, 375 * kSecond, 5, 10, 15},
      {"increase", 5 * kMinute, kSmoothed, 6 * kMinute, 5, 10, 15},
      {"increase", 5 * kMinute, kAnchored, 5 * kMinute, 5, 10, 15},
      {"increase", 5 * kMinute, kAnchored, 15 * kMinute, kNothing, kNothing, kNothing},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(std::string(c.function) + " at " + std::to_string(c.at_ms));
    EXPECT_EQ(Over(one, c.function, c.range_ms, c.modifier, c.at_ms), c.one);
    EXPECT_EQ(Over(two, c.function, c.range_ms, c.modifier, c.at_ms), c.two);
    EXPECT_EQ(Over(three, c.function, c.range_ms, c.modifier, c.at_ms), c.three);
  }
}

TEST(ExtendedRange, Delta_SmoothedOverGauges) {
  const TestSeries one = Load(kMinute, "11 -1 100 0"), two = Load(kMinute, "0 0 100 0 0 11 -1");
  EXPECT_EQ(Over(one, "delta", 5 * kMinute, kSmoothed, 330 * kSecond), -5);
  EXPECT_EQ(Over(two, "delta", 5 * kMinute, kSmoothed, 330 * kSecond), 5);
  EXPECT_EQ(Over(one, "delta", 5 * kMinute, kSmoothed, 345 * kSecond), -2);
  EXPECT_EQ(Over(two, "delta", 5 * kMinute, kSmoothed, 345 * kSecond), 2);
}

TEST(ExtendedRange, Smoothed_BeginsAtZeroAfterAReset) {
  const TestSeries falling = Load(kMinute, "9 8 5 4");
  EXPECT_EQ(Over(falling, "increase", 2 * kMinute, kSmoothed, 135 * kSecond), 12);
  const TestSeries reset = Load(15 * kSecond, "100 10");
  EXPECT_TRUE(
      Near({Over(reset, "rate", 10 * kSecond, kSmoothed, 12 * kSecond)}, {0.666666666666667}));
}

TEST(ExtendedRange, Smoothed_IsNothing_WhenAllSamplesAreOnOneSide) {
  const TestSeries metric = Load(10 * kSecond, "_ 5+1x4");
  EXPECT_EQ(Over(metric, "rate", 5 * kSecond, kSmoothed, 5 * kSecond), kNothing);
  EXPECT_EQ(Over(metric, "increase", 5 * kSecond, kSmoothed, 5 * kSecond), kNothing);
  EXPECT_EQ(Over(metric, "increase", 10 * kSecond, kSmoothed, 15 * kSecond), 0.5);
  EXPECT_EQ(Over(metric, "rate", 5 * kSecond, kSmoothed, 60 * kSecond), kNothing);
  EXPECT_EQ(Over(metric, "increase", 5 * kSecond, kSmoothed, 60 * kSecond), kNothing);
}

TEST(ExtendedRange, Increase_FromTheAnchor_OrOnTheLine) {
  // Calculated by hand: 0, 10, ... every 15 s, and 5, 10, 2, 4 with a reset.
  const TestSeries slope = Load(15 * kSecond, "0+10x5"), reset = Load(15 * kSecond, "_ 5 10 2 4");
  EXPECT_EQ(Over(slope, "increase", 40 * kSecond, kAnchored, 60 * kSecond), 30);
  EXPECT_EQ(Over(slope, "increase", 40 * kSecond, kSmoothed, 60 * kSecond), 26.666666666666664);
  EXPECT_EQ(Over(reset, "increase", 40 * kSecond, kAnchored, 60 * kSecond), 9);
  EXPECT_EQ(Over(reset, "increase", 40 * kSecond, kSmoothed, 60 * kSecond), 7.333333333333333);
  EXPECT_EQ(Over(reset, "increase", 40 * kSecond, kSmoothed, 50 * kSecond), 7.666666666666666);
}

TEST(ExtendedRange, Changes_AndResets_CountFromTheAnchor) {
  const TestSeries rising = Load(kMinute, "1+1x10"), late_rising = Load(kMinute, "1 1+1x10");
  const TestSeries falling = Load(kMinute, "99-1x10"), late_falling = Load(kMinute, "99 99-1x10");
  const struct {
    const char* function;
    TestModifier modifier;
    int64_t at_ms;
    double rising, late_rising, falling, late_falling;
  } kCases[] = {
      {"changes", TestModifier::kNone, 300 * kSecond, 4, 4, 4, 4},
      {"changes", TestModifier::kNone, 330 * kSecond, 4, 4, 4, 4},
      {"changes", kAnchored, 300 * kSecond, 5, 4, 5, 4},
      {"changes", kAnchored, 360 * kSecond, 5, 5, 5, 5},
      {"changes", kAnchored, 330 * kSecond, 5, 4, 5, 4},
      {"resets", TestModifier::kNone, 330 * kSecond, 0, 0, 4, 4},
      {"resets", kAnchored, 330 * kSecond, 0, 0, 5, 4},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(std::string(c.function) + " at " + std::to_string(c.at_ms));
    EXPECT_EQ(Over(rising, c.function, 5 * kMinute, c.modifier, c.at_ms), c.rising);
    EXPECT_EQ(Over(late_rising, c.function, 5 * kMinute, c.modifier, c.at_ms), c.late_rising);
    EXPECT_EQ(Over(falling, c.function, 5 * kMinute, c.modifier, c.at_ms), c.falling);
    EXPECT_EQ(Over(late_falling, c.function, 5 * kMinute, c.modifier, c.at_ms), c.late_falling);
  }
}

TEST(ExtendedRange, Changes_AndResets_NeedASampleInTheRange) {
  const TestSeries sparse = Load(kMinute, "2 _ 1 _ _ _ _ _ 0");
  const struct {
    TestModifier modifier;
    int64_t range_ms, at_ms;
    std::optional<double> count;
  } kCases[] = {
      {TestModifier::kNone, kMinute, 2 * kMinute, 0},
      {TestModifier::kNone, kMinute, 3 * kMinute, kNothing},
      {kAnchored, kMinute, 2 * kMinute, 1},
      {kAnchored, kMinute, 3 * kMinute, kNothing},
      // The sample before is exactly a lookback delta older than the range: too old.
      {kAnchored, kMinute, 8 * kMinute, 0},
      {kAnchored, kMinute + 1, 8 * kMinute, 1},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.at_ms);
    EXPECT_EQ(Over(sparse, "changes", c.range_ms, c.modifier, c.at_ms), c.count);
    EXPECT_EQ(Over(sparse, "resets", c.range_ms, c.modifier, c.at_ms), c.count);
  }
}

}  // namespace
}  // namespace promlite::internal
