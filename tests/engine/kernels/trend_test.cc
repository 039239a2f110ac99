// Functions of how samples follow each other: the float cases of Prometheus' functions.test.

#include <gtest/gtest.h>

#include "promlite/tests/engine/kernels/kernel_tester.h"

namespace promlite::internal {
namespace {

constexpr std::nullopt_t kNothing = std::nullopt;

// A sample every 5 minutes, at minute 50.
std::optional<double> AtMinute50(const std::string& samples, const char* function,
                                 int64_t range_minutes) {
  return At(Load(5 * kMinute, samples),
            {.function = function, .range_ms = range_minutes * kMinute, .at_ms = 50 * kMinute});
}

TEST(Trend, Resets_CountDropsInTheRange) {
  const char* foo = "1 2 3 0 1 0 0 1 2 0";
  const char* bar = "1 2 3 4 5 1 2 3 4 5";
  const char* biz = "0 0 0 0 0 1 1 1 1 1";
  const struct {
    int64_t range_minutes;
    std::optional<double> foo, bar, biz;
  } kCases[] = {{5, kNothing, kNothing, kNothing},
                {10, 0, 0, 0},
                {20, 1, 0, 0},
                {30, 1, 0, 0},
                {32, 2, 1, 0},
                {50, 3, 1, 0}};
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.range_minutes);
    EXPECT_EQ(AtMinute50(foo, "resets", c.range_minutes), c.foo);
    EXPECT_EQ(AtMinute50(bar, "resets", c.range_minutes), c.bar);
    EXPECT_EQ(AtMinute50(biz, "resets", c.range_minutes), c.biz);
  }
}

TEST(Trend, Changes_CountEachNewValueInTheRange) {
  const char* foo = "1 2 3 0 1 0 0 1 2 0";
  const char* bar = "1 2 3 4 5 1 2 3 4 5";
  const char* biz = "0 0 0 0 0 1 1 1 1 1";
  const struct {
    int64_t range_minutes;
    std::optional<double> foo, bar, biz;
  } kCases[] = {
      {5, kNothing, kNothing, kNothing}, {6, 0, 0, 0}, {20, 2, 2, 0}, {30, 3, 4, 0}, {50, 7, 8, 1}};
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.range_minutes);
    EXPECT_EQ(AtMinute50(foo, "changes", c.range_minutes), c.foo);
    EXPECT_EQ(AtMinute50(bar, "changes", c.range_minutes), c.bar);
    EXPECT_EQ(AtMinute50(biz, "changes", c.range_minutes), c.biz);
  }
}

TEST(Trend, Changes_FromNaNToNaN_AreNone) {
  const auto changes = [](const char* samples) {
    return At(Load(5 * kMinute, samples),
              {.function = "changes", .range_ms = 20 * kMinute, .at_ms = 15 * kMinute});
  };
  EXPECT_EQ(changes("nan nan nan"), 0);
  EXPECT_EQ(changes("0 nan 0"), 2);
}

TEST(Trend, Irate_IsOfTheLastTwoSamples_FromZeroAfterAReset) {
  EXPECT_TRUE(Near({AtMinute50("0+10x10", "irate", 50)}, {.03333333333333333333}));
  EXPECT_TRUE(Near({AtMinute50("0+10x5 0+10x5", "irate", 50)}, {.03333333333333333333}));
  EXPECT_EQ(At(Load(5 * kMinute, "0+10x5 0+10x5"),
               {.function = "irate", .range_ms = 50 * kMinute, .at_ms = 30 * kMinute}),
            0);
}

TEST(Trend, Irate_AndIdelta_BesideNaN) {
  const TestSeries series = Load(5 * kMinute, "1 nan nan 5 11");
  RangeCall call = {
      .function = "irate", .range_ms = 15 * kMinute + kSecond, .step_ms = 5 * kMinute, .steps = 5};
  EXPECT_TRUE(Near(Evaluate(series, call), {kNothing, kNaN, kNaN, kNaN, 0.02}));
  call.function = "idelta";
  EXPECT_TRUE(Near(Evaluate(series, call), {kNothing, kNaN, kNaN, kNaN, 6}));
}

TEST(Trend, Idelta_IsTheDifferenceOfTheLastTwoSamples) {
  const RangeCall call = {.function = "idelta", .range_ms = 20 * kMinute, .at_ms = 20 * kMinute};
  EXPECT_EQ(At(Load(5 * kMinute, "0 50 100 150"), call), 50);
  EXPECT_EQ(At(Load(5 * kMinute, "0 50 100 50"), call), -50);
}

TEST(Trend, Deriv_IsTheSlopeOfTheLineOfLeastSquares) {
  EXPECT_TRUE(Near({AtMinute50("0+80x10", "deriv", 50)}, {0.26666666666666666}));
  EXPECT_TRUE(Near({AtMinute50("0+10x4 0+10x5", "deriv", 100)}, {0.010606060606060607}));
  EXPECT_TRUE(Same({At(Load(5 * kMinute, "-inf 0+80x10 inf"),
                       {.function = "deriv", .range_ms = 100 * kMinute, .at_ms = 100 * kMinute})},
                   {kNaN}));
}

TEST(Trend, Deriv_OfAConstant_IsZero_AndOfAnInfinity_NaN) {
  EXPECT_EQ(AtMinute50("7x10", "deriv", 50), 0);
  EXPECT_TRUE(Same({AtMinute50("infx10", "deriv", 50)}, {kNaN}));
  EXPECT_EQ(AtMinute50("_ _ _ _ _ _ _ _ _ _ 7", "deriv", 50), kNothing);
}

TEST(Trend, PredictLinear_CountsFromTheEvaluationTime) {
  const TestSeries series = Load(5 * kMinute, "0+10x4 0+10x5");
  const auto predicted = [&](int64_t range_minutes, int64_t at_minute, int64_t offset_minutes) {
    return Row{At(series, {.function = "predict_linear",
                           .range_ms = range_minutes * kMinute,
                           .at_ms = at_minute * kMinute,
                           .offset_ms = offset_minutes * kMinute,
                           .parameters = {3600}})};
  };
  EXPECT_TRUE(Near(predicted(50, 50, 0), {70}));
  EXPECT_TRUE(Near(predicted(55, 50, 0), {76.81818181818181}));
  // The range of @ 3000, as an offset that reaches it.
  EXPECT_TRUE(Near(predicted(55, 10, -40), {51.36363636363637}));
  EXPECT_TRUE(Near(predicted(55, 70, 20), {89.54545454545455}));
}

TEST(Trend, DoubleExponentialSmoothing_FollowsTheTrend) {
  const auto smoothed = [](const char* samples, int64_t at_seconds) {
    return Row{At(Load(10 * kSecond, samples), {.function = "double_exponential_smoothing",
                                                .range_ms = kMinute,
                                                .at_ms = at_seconds * kSecond,
                                                .parameters = {0.01, 0.1}})};
  };
  EXPECT_TRUE(Near(smoothed("0+10x1000 100+30x1000", 8000), {8000}));
  EXPECT_TRUE(Near(smoothed("0+20x1000 200+30x1000", 8000), {16000}));
  EXPECT_TRUE(Near(smoothed("0+30x1000 300+80x1000", 8000), {24000}));
  EXPECT_TRUE(Near(smoothed("0+40x2000", 8000), {32000}));
  EXPECT_TRUE(Near(smoothed("0+10x1000 100+30x1000", 20010), {30100}));
  EXPECT_TRUE(Near(smoothed("0+20x1000 200+30x1000", 20010), {30200}));
  EXPECT_TRUE(Near(smoothed("0+30x1000 300+80x1000", 20010), {80300}));
  EXPECT_TRUE(Near(smoothed("0-20x1000", 8000), {-16000}));
  EXPECT_TRUE(Near(smoothed("0-40x1000 0+40x1000", 8000), {-32000}));
  EXPECT_TRUE(Same(smoothed("7", 10), {kNothing}));
}

}  // namespace
}  // namespace promlite::internal
