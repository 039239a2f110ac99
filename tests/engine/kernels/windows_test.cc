#include "promlite/engine/kernels/windows.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <random>
#include <vector>

namespace promlite::internal {
namespace {

constexpr int64_t kFirst = std::numeric_limits<int64_t>::min();
constexpr int64_t kLast = std::numeric_limits<int64_t>::max();

TEST(Windows, AreThoseOfTheirDefinition) {
  std::mt19937_64 random(1);
  const auto below = [&](int64_t bound) {
    return std::uniform_int_distribution<int64_t>(0, bound - 1)(random);
  };
  for (int round = 0; round < 2000; ++round) {
    std::vector<int64_t> times;
    const bool regular = below(2) == 0;
    int64_t time = below(100) - 50;
    for (int64_t i = 0; i <= below(40); ++i) {
      time += regular ? 10 : 1 + below(30);
      if (below(10) == 0) time += below(200);  // a gap
      times.push_back(time);
    }
    const ReferenceTimes reference = {below(400) - 200, below(40), static_cast<size_t>(below(60))};
    const int64_t before = 1 + below(100), after = below(2) * below(50);
    const StepSpan span = LiveSteps(reference, before, after, times.front(), times.back());
    std::vector<Window> windows;
    ComputeWindows(times.data(), times.size(), reference, before, after, span, &windows);
    ASSERT_EQ(windows.size(), span.size());
    for (size_t step = 0; step < reference.steps; ++step) {
      uint32_t begin = 0, end = 0;
      for (const int64_t t : times) {
        begin += t <= reference.at(step) - before;
        end += t <= reference.at(step) + after;
      }
      const bool alive = step >= span.first && step < span.end;
      ASSERT_TRUE(alive || begin == end) << "step " << step << " has samples";
      if (!alive) continue;
      ASSERT_EQ(windows[step - span.first].begin, begin) << "round " << round << " step " << step;
      ASSERT_EQ(windows[step - span.first].end, end) << "round " << round << " step " << step;
    }
  }
}

TEST(Windows, LiveSteps_OfAFixedTime_AreAllOrNone) {
  const ReferenceTimes fixed = {100, 0, 7};
  EXPECT_EQ(LiveSteps(fixed, 50, 0, 60, 200).size(), 7u);
  EXPECT_TRUE(LiveSteps(fixed, 50, 0, 101, 200).empty());
  EXPECT_TRUE(LiveSteps(fixed, 50, 0, 0, 50).empty());  // open on the left
  EXPECT_EQ(LiveSteps(fixed, 50, 0, 0, 51).size(), 7u);
}

TEST(Windows, LiveSteps_ReachAcrossAllOfTime) {
  const ReferenceTimes all = {kFirst, int64_t{1} << 62, 4};
  EXPECT_EQ(LiveSteps(all, kLast, kLast, kFirst, kLast).size(), 4u);
}

}  // namespace
}  // namespace promlite::internal
