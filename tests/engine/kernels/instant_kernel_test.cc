#include "promlite/engine/kernels/instant_kernel.h"

#include <gtest/gtest.h>

#include "promlite/storage/metrics/sample.h"
#include "promlite/tests/engine/kernels/kernel_tester.h"

namespace promlite::internal {
namespace {

constexpr std::nullopt_t kNothing = std::nullopt;

// The windows of an instant selector with a lookback delta of 5 minutes, at 0, step, ...
struct Instants {
  Instants(const TestSeries& samples, int64_t step_ms, size_t steps, bool smoothed = false)
      : series(samples), step(step_ms), values(steps), presence((steps + 63) / 64 + 1) {
    RangeCall call = {.range_ms = smoothed ? 0 : 5 * kMinute,
                      .step_ms = step_ms,
                      .steps = steps,
                      .modifier = smoothed ? TestModifier::kSmoothed : TestModifier::kNone};
    for (size_t i = 0; i < steps; ++i) windows.push_back(WindowOf(series, call, i));
  }

  Row row() const {
    Row row(values.size());
    for (size_t i = 0; i < row.size(); ++i) {
      if (presence[(i + kFirst) / 64] >> ((i + kFirst) % 64) & 1) row[i] = values[i];
    }
    return row;
  }
  Row Newest() {
    NewestValueKernel(series.values.data(), true, windows.data(), windows.size(), values.data(),
                      {presence.data(), kFirst});
    return row();
  }
  Row NewestTime() {
    NewestTimeKernel(series.times.data(), series.values.data(), windows.data(), windows.size(),
                     values.data(), {presence.data(), kFirst});
    return row();
  }
  Row Smoothed() {
    SmoothedInstantKernel(series.times.data(), series.values.data(), windows.data(), windows.size(),
                          0, step, values.data(), {presence.data(), kFirst});
    return row();
  }

  // The row begins at a bit of its own.
  static constexpr size_t kFirst = 61;

  TestSeries series;
  int64_t step;
  std::vector<Window> windows;
  std::vector<double> values;
  std::vector<uint64_t> presence;
};

TEST(InstantKernel, TheNewestSampleCounts_UntilItIsALookbackDeltaOld) {
  const TestSeries series = Load(kMinute, "_ 1 2");
  EXPECT_TRUE(Same(Instants(series, kMinute, 9).Newest(),
                   {kNothing, 1, 2, 2, 2, 2, 2, kNothing, kNothing}));
  EXPECT_TRUE(Same(Instants(series, kMinute, 9).NewestTime(),
                   {kNothing, 60, 120, 120, 120, 120, 120, kNothing, kNothing}));
}

TEST(InstantKernel, AStalenessMarkerHidesWhatIsOlder) {
  TestSeries series = Load(kMinute, "1 0 3");
  series.values[1] = StalenessMarker();
  EXPECT_TRUE(Same(Instants(series, 30 * kSecond, 5).Newest(), {1, 1, kNothing, kNothing, 3}));
  EXPECT_TRUE(
      Same(Instants(series, 30 * kSecond, 5).NewestTime(), {0, 0, kNothing, kNothing, 120}));
}

TEST(InstantKernel, NaNIsASampleLikeAnyOther) {
  EXPECT_TRUE(Same(Instants(Load(kMinute, "1 nan"), kMinute, 2).Newest(), {1, kNaN}));
}

// The float cases of Prometheus' extended_vectors.test.
TEST(InstantKernel, Smoothed_LiesOnTheLineBetweenTheNeighbours) {
  EXPECT_TRUE(Near(Instants(Load(10 * kSecond, "1+1x10"), 5 * kSecond, 4, true).Smoothed(),
                   {1, 1.5, 2, 2.5}));
  const Row metric = Instants(Load(10 * kSecond, "1+1x10"), 105 * kSecond, 2, true).Smoothed();
  EXPECT_TRUE(Near({metric[1]}, {11}));
  const Row reset = Instants(Load(10 * kSecond, "1+1x4 1+1x5"), 45 * kSecond, 2, true).Smoothed();
  EXPECT_TRUE(Near({reset[1]}, {3}));
  const Row irregular =
      Instants(Load(10 * kSecond, "0 5 100 2 8"), 30 * kSecond, 2, true).Smoothed();
  EXPECT_TRUE(Near({irregular[1]}, {2}));
}

TEST(InstantKernel, Smoothed_IsNothingBeforeTheFirstSample_AndSkipsStalenessMarkers) {
  TestSeries series = Load(10 * kSecond, "_ 5 0 7 0");
  series.values[1] = StalenessMarker();
  series.values[3] = StalenessMarker();
  EXPECT_TRUE(Near(Instants(series, 10 * kSecond, 6, true).Smoothed(), {kNothing, 5, 6, 7, 7, 7}));
}

}  // namespace
}  // namespace promlite::internal
