#include "promlite/engine/promql/plan/binding.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>

namespace promlite::promql::internal {
namespace {

constexpr int64_t kFirst = std::numeric_limits<int64_t>::min();
constexpr int64_t kLast = std::numeric_limits<int64_t>::max();

TEST(Binding, ReferenceTimes_StopAtTheEndsOfTime) {
  const StepGrid grid = {0, 20, 10};
  const AtModifier none, late = {AtModifier::Kind::kTimestamp, kLast};
  const AtModifier early = {AtModifier::Kind::kTimestamp, kFirst};
  EXPECT_EQ(MakeReferenceTimes(grid, none, 5, grid).at(2), 15);
  EXPECT_EQ(MakeReferenceTimes(grid, late, -5, grid).first_ms, kLast);
  EXPECT_EQ(MakeReferenceTimes(grid, early, 5, grid).first_ms, kFirst);
  EXPECT_EQ(MakeReferenceTimes(grid, none, kFirst, grid).at(2), kLast);
  EXPECT_EQ(MakeReferenceTimes(grid, {AtModifier::Kind::kStart}, 1, grid).at(2), -1);
  EXPECT_EQ(MakeReferenceTimes(grid, {AtModifier::Kind::kEnd}, 1, grid).at(0), 19);
}

}  // namespace
}  // namespace promlite::promql::internal
