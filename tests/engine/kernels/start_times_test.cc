// Start times as counters' zeros: the float cases of Prometheus' start_timestamps.test.

#include <gtest/gtest.h>

#include "promlite/engine/kernels/counter_resets.h"
#include "promlite/tests/engine/kernels/kernel_tester.h"

namespace promlite::internal {
namespace {

constexpr std::nullopt_t kNothing = std::nullopt;

// A sample a minute; `starts` are relative to the samples' times (milliseconds), nothing: unknown.
TestSeries Minutes(const std::string& samples, const std::vector<std::optional<int64_t>>& starts) {
  TestSeries series = Load(kMinute, samples);
  EXPECT_EQ(series.times.size(), starts.size());
  for (size_t i = 0; i < starts.size(); ++i) {
    series.start_times.push_back(starts[i] ? series.times[i] + *starts[i] : 0);
  }
  return series;
}

std::vector<std::optional<int64_t>> Repeated(std::optional<int64_t> start, size_t count) {
  return std::vector<std::optional<int64_t>>(count, start);
}

Row FiveMinutes(const TestSeries& series, const char* function, int64_t first_minute) {
  return Evaluate(series, {.function = function,
                           .range_ms = 5 * kMinute,
                           .at_ms = first_minute * kMinute,
                           .step_ms = kMinute,
                           .steps = static_cast<size_t>(16 - first_minute)});
}

TEST(StartTimes, OfACumulativeCounter_ShowItsResets) {
  // Every third sample or so begins anew, at different times before it.
  std::vector<std::optional<int64_t>> starts;
  for (const int64_t first : {-30'000, -60'000, -59'999, -1'000, -1}) {
    for (int64_t i = 0; i < 3; ++i) starts.push_back(first - i * kMinute);
  }
  const TestSeries series = Minutes("_ _ 0+60x14", starts);
  const TestSeries unknown = Minutes("_ _ 0+60x14", Repeated(kNothing, 15));
  EXPECT_TRUE(
      Near(FiveMinutes(series, "increase", 7), {420, 780, 675, 675, 1275, 1080, 900, 1725, 1440}));
  EXPECT_TRUE(
      Near(FiveMinutes(series, "rate", 7), {1.40, 2.60, 2.25, 2.25, 4.25, 3.60, 3.00, 5.75, 4.8}));
  EXPECT_TRUE(Near(FiveMinutes(series, "irate", 7), {1, 6, 1, 1, 9, 1, 1, 12, 1}));
  EXPECT_TRUE(Near(FiveMinutes(series, "resets", 7), {1, 2, 1, 1, 2, 1, 1, 2, 1}));
  EXPECT_TRUE(Near(FiveMinutes(unknown, "increase", 7), Row(9, 300)));
  EXPECT_TRUE(Near(FiveMinutes(unknown, "irate", 7), Row(9, 1)));
  EXPECT_TRUE(Near(FiveMinutes(unknown, "resets", 7), Row(9, 0)));
}

TEST(StartTimes, OfDeltas_MakeThemAddUp) {
  const struct {
    std::optional<int64_t> start;
    double increase, rate;
  } kCases[] = {{kNothing, 0, 0}, {-60'000, 300, 1}, {-59'999, 300, 1}, {-1, 300, 1}, {0, 0, 0}};
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.start.value_or(1));
    const TestSeries series = Minutes("_ _ 60x15", Repeated(c.start, 16));
    EXPECT_TRUE(Near(FiveMinutes(series, "increase", 10), Row(6, c.increase)));
    EXPECT_TRUE(Near(FiveMinutes(series, "rate", 10), Row(6, c.rate)));
    EXPECT_TRUE(Near(FiveMinutes(series, "irate", 10), Row(6, c.rate)));
  }
}

TEST(StartTimes, WithinTheRange_StandInForTheLeftBorder) {
  const auto kept = [](int64_t first, int64_t count) {
    std::vector<std::optional<int64_t>> starts;
    for (int64_t i = 0; i < count; ++i) starts.push_back(first - i * kMinute);
    return starts;
  };
  const struct {
    const char* samples;
    std::vector<std::optional<int64_t>> starts;
    std::optional<double> increase;
  } kCases[] = {
      {"_ _ 1 2 3 4 5", Repeated(kNothing, 5), 5},
      {"_ _ 1 2 3 4 5", kept(-60'000, 5), 5},
      {"_ _ 1 2 3 4 5", kept(-30'000, 5), 5},
      {"_ _ 1 2 3 4 5", kept(0, 5), 5},
      {"_ _ 1 2 3 4 5", kept(1, 5), 5},
      {"_ _ 1 2 3 4", Repeated(kNothing, 4), 5},
      {"_ _ 1 2 3 4", kept(-60'000, 4), 5},
      {"_ _ 1 2 3 4", kept(-30'000, 4), 5.142857142857143},
      {"_ _ 1 2 3 4", kept(0, 4), 5},
      {"_ _ 1 2 3 4", kept(1, 4), 5},
      {"_ _ _ 2 3", Repeated(kNothing, 2), 2},
      {"_ _ _ 2 3", kept(-120'000, 2), 2},
      {"_ _ _ 2 3", kept(-90'000, 2), 3.6},
      {"_ _ _ 2 3", kept(0, 2), 2},
      {"_ _ _ 2 3", kept(1, 2), 2},
      {"_ _ _ _ 3", Repeated(kNothing, 1), kNothing},
      {"_ _ _ _ 3", kept(-180'000, 1), kNothing},
      {"_ _ _ _ 3", kept(-150'000, 1), 3},
      {"_ _ _ _ 3", kept(0, 1), kNothing},
      {"_ _ _ _ 3", kept(1, 1), kNothing},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(std::string(c.samples) + " from " + std::to_string(c.starts[0].value_or(2)));
    EXPECT_TRUE(
        Near(Evaluate(Minutes(c.samples, c.starts),
                      {.function = "increase", .range_ms = 5 * kMinute, .at_ms = 6 * kMinute}),
             {c.increase}));
  }
}

TEST(StartTimes, AndFallingValues_AreBothResets) {
  const TestSeries series = Minutes("_ _ 5 5 2", {-60'000, -1'000, kNothing});
  EXPECT_TRUE(Near(
      Evaluate(series, {.function = "increase", .range_ms = 5 * kMinute, .at_ms = 5 * kMinute}),
      {16}));
}

TEST(StartTimes, AtTheSampleBefore_AreAReset_OnlyIfThatOnesStartIsKnown) {
  const struct {
    std::optional<int64_t> first_start;
    double increase;
  } kCases[] = {{kNothing, 0}, {0, 0}, {-60'000, 1}, {60'000, 0}};
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.first_start.value_or(1));
    const TestSeries series = Minutes("_ _ 1 1", {c.first_start, -60'000});
    const std::optional<double> increase =
        At(series, {.function = "increase", .range_ms = kMinute + 1, .at_ms = 3 * kMinute});
    ASSERT_TRUE(increase.has_value());
    EXPECT_EQ(std::round(*increase), c.increase);
  }
}

TEST(StartTimes, ThatOverlap_AreFound_OnceARange) {
  const RangeCall call = {.function = "rate", .range_ms = 3 * kMinute, .at_ms = 4 * kMinute};
  const auto overlaps = [&](const std::vector<std::optional<int64_t>>& starts) {
    return Answer(Minutes("_ _ 60 120 180", starts), call).findings.start_time_overlaps;
  };
  EXPECT_EQ(overlaps({-60'000, -60'000, -60'000}), 0);   // deltas
  EXPECT_EQ(overlaps({-30'000, -90'000, -150'000}), 0);  // one start, kept
  EXPECT_EQ(overlaps({kNothing, kNothing, kNothing}), 0);
  EXPECT_EQ(overlaps({-120'000, -120'000, -120'000}), 1);

  RangeCall steps = call;
  steps.step_ms = kMinute;
  steps.steps = 4;
  const KernelAnswer answer =
      Answer(Minutes("_ _ 60 120 180", {-120'000, -120'000, -120'000}), steps);
  // The ranges that end at 4 and 5 minutes hold two neighbours; those at 6 and 7 do not.
  EXPECT_EQ(answer.findings.start_time_overlaps, 2);
}

}  // namespace
}  // namespace promlite::internal
