#include "promlite/parser/promql/duration_expression.h"

#include <gtest/gtest.h>

#include <string>

#include "promlite/tests/parser/promql/parse_helpers.h"

namespace promlite::promql {
namespace {

// The range of x[duration] in milliseconds, or what is wrong with it, for a query whose step is 10s
// and whose range is 1h.
std::string RangeOf(std::string_view duration) {
  const ExprPtr expr = MustParse("x[" + std::string(duration) + "]");
  const DurationContext context{10, 3600};
  const absl::StatusOr<int64_t> range =
      EvaluateDuration(As<MatrixSelector>(*expr).range, context, DurationSign::kMustBePositive);
  return range.ok() ? std::to_string(*range) : std::string(range.status().message());
}

std::string OffsetOf(std::string_view offset, DurationContext context = {10, 3600}) {
  const ExprPtr expr = MustParse("x offset " + std::string(offset));
  const absl::StatusOr<int64_t> value =
      EvaluateDuration(As<VectorSelector>(*expr).offset, context, DurationSign::kAny);
  return value.ok() ? std::to_string(*value) : std::string(value.status().message());
}

TEST(EvaluateDuration, LiteralsAreCutToMilliseconds) {
  EXPECT_EQ(RangeOf("1h30m"), "5400000");
  EXPECT_EQ(RangeOf("300"), "300000");
  EXPECT_EQ(RangeOf("1.5009"), "1500");
  EXPECT_EQ(OffsetOf("-1.5009"), "-1500");
  EXPECT_EQ(OffsetOf("0s"), "0");
}

TEST(EvaluateDuration, CalculatesInSeconds) {
  EXPECT_EQ(RangeOf("1m + 30"), "90000");
  EXPECT_EQ(RangeOf("1h - 1m * 2"), "3480000");
  EXPECT_EQ(RangeOf("(1h - 1m) * 2"), "7080000");
  EXPECT_EQ(RangeOf("2 ^ 3 ^ 2"), "512000");
  EXPECT_EQ(RangeOf("-2 ^ 2 + 10"), "6000");
  EXPECT_EQ(RangeOf("7 % 4"), "3000");
  EXPECT_EQ(RangeOf("10 / 4"), "2500");
  EXPECT_EQ(RangeOf("-(-5)"), "5000");
}

TEST(EvaluateDuration, KnowsStepAndRangeOfTheQuery) {
  EXPECT_EQ(RangeOf("step()"), "10000");
  EXPECT_EQ(RangeOf("range() / 2"), "1800000");
  EXPECT_EQ(OffsetOf("-step()"), "-10000");
  EXPECT_EQ(OffsetOf("(step() - range())"), "-3590000");
}

TEST(EvaluateDuration, TakesTheSmallerOrLarger) {
  EXPECT_EQ(RangeOf("max_of(step(), 5m)"), "300000");
  EXPECT_EQ(RangeOf("min_of(step(), 5m)"), "10000");
  EXPECT_EQ(OffsetOf("-min_of(1, max_of(-2, -3))"), "2000");
}

TEST(EvaluateDuration, CutsCalculatedValuesToMilliseconds) {
  EXPECT_EQ(RangeOf("1 / 3"), "333");
  EXPECT_EQ(OffsetOf("(-1 / 3)"), "-333");
}

TEST(EvaluateDuration, RefusesWhatIsNotAboveZero) {
  // The bytes are those of the whole calculation.
  EXPECT_EQ(RangeOf("1m - 60"), "2:9: duration must be greater than 0");
  EXPECT_EQ(RangeOf("5m - 10m"), "2:10: duration must be greater than 0");
  EXPECT_EQ(OffsetOf("step()", {}), "0");
}

TEST(EvaluateDuration, CountsTheWordToTheBytesOfACall) {
  EXPECT_EQ(RangeOf("min_of(0s, 1m)"), "2:16: duration must be greater than 0");
  EXPECT_EQ(RangeOf(" min_of( 0s , 1m ) "), "3:20: duration must be greater than 0");
  EXPECT_EQ(RangeOf("-max_of(1m, 2m)"), "2:17: duration must be greater than 0");
  EXPECT_EQ(RangeOf("+min_of(0s, 1m)"), "3:17: duration must be greater than 0");
  EXPECT_EQ(RangeOf("5m - max_of(5m, 6m)"), "2:21: duration must be greater than 0");
  EXPECT_EQ(OffsetOf("+max_of(10 ^ 400, 1)"), "9:29: duration is NaN or infinite");
  EXPECT_EQ(OffsetOf("+(max_of(10 ^ 400, 1))"), "11:30: duration is NaN or infinite");
}

TEST(EvaluateDuration, RefusesZeroDivisorsWhereTheyAre) {
  EXPECT_EQ(RangeOf("1 + 5m / (1 - 1)"), "6:17: division by zero");
  EXPECT_EQ(RangeOf("5m % (0)"), "2:9: modulo by zero");
}

TEST(EvaluateDuration, RefusesWhatIsNoTime) {
  EXPECT_EQ(RangeOf("10 ^ 400"), "2:10: duration is NaN or infinite");
  EXPECT_EQ(RangeOf("(-8) ^ 0.5"), "2:12: duration is NaN or infinite");
  EXPECT_EQ(RangeOf("10 ^ 10"), "2:9: duration is out of range");
  EXPECT_EQ(OffsetOf("(-(10 ^ 10))"), "10:19: duration is out of range");
}

TEST(EvaluateDuration, AnInstantQueryHasNoStep) {
  const ExprPtr expr = MustParse("x[step()]");
  const absl::StatusOr<int64_t> range =
      EvaluateDuration(As<MatrixSelector>(*expr).range, {}, DurationSign::kMustBePositive);
  EXPECT_EQ(range.status().message(), "2:8: duration must be greater than 0");
}

}  // namespace
}  // namespace promlite::promql
