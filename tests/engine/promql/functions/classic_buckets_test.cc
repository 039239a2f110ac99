#include "promlite/engine/promql/functions/classic_buckets.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace promlite::promql::internal {
namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
using Buckets = std::vector<ClassicBucket>;

double Quantile(double q, Buckets buckets, MonotonicityRepair* repair = nullptr) {
  MonotonicityRepair ignored;
  return BucketQuantile(q, buckets, repair == nullptr ? &ignored : repair);
}

double Fraction(double lower, double upper, Buckets buckets) {
  return BucketFraction(lower, upper, buckets);
}

TEST(BucketQuantile, InterpolatesWithinTheBucketOfTheRank) {
  const Buckets buckets = {{0.1, 5}, {0.2, 7}, {1, 10}, {kInf, 12}};
  EXPECT_EQ(Quantile(0, buckets), 0);
  EXPECT_NEAR(Quantile(0.2, buckets), 0.048, 1e-15);
  EXPECT_NEAR(Quantile(0.5, buckets), 0.15, 1e-15);
  EXPECT_NEAR(Quantile(0.75, buckets), 0.7333333333333334, 1e-15);
}

TEST(BucketQuantile, IsTheSecondHighestBoundIfTheRankIsInTheHighestBucket) {
  const Buckets buckets = {{0.1, 5}, {0.2, 7}, {1, 10}, {kInf, 12}};
  EXPECT_EQ(Quantile(0.9, buckets), 1);
  EXPECT_EQ(Quantile(1, buckets), 1);
}

TEST(BucketQuantile, IsTheFirstBoundIfThatIsNotPositive) {
  EXPECT_EQ(Quantile(0.1, {{-0.2, 10}, {0.5, 11}, {kInf, 12}}), -0.2);
}

TEST(BucketQuantile, IsInfiniteForQuantilesOutsideOfTheRange) {
  const Buckets buckets = {{1, 5}, {kInf, 12}};
  EXPECT_EQ(Quantile(-0.1, buckets), -kInf);
  EXPECT_EQ(Quantile(1.1, buckets), kInf);
  EXPECT_TRUE(std::isnan(Quantile(kNan, buckets)));
}

TEST(BucketQuantile, IsNanWithoutInfiniteBucketSecondBucketOrObservations) {
  EXPECT_TRUE(std::isnan(Quantile(0.5, {{1, 5}, {2, 12}})));
  EXPECT_TRUE(std::isnan(Quantile(0.5, {{kInf, 12}})));
  EXPECT_TRUE(std::isnan(Quantile(0.5, {{1, 0}, {kInf, 0}})));
}

TEST(BucketQuantile, AddsUpBucketsOfOneBound) {
  EXPECT_EQ(Quantile(0.5, {{1, 2}, {1, 2}, {2, 8}, {kInf, 8}}), 1);
}

TEST(BucketQuantile, RaisesFallingCountsAndSaysSo) {
  MonotonicityRepair repair;
  EXPECT_EQ(Quantile(0.5, {{1, 4}, {2, 3}, {3, 2.5}, {4, 8}, {kInf, 8}}, &repair), 1);
  EXPECT_TRUE(repair.forced);
  EXPECT_EQ(repair.extent.min_bucket, 2);
  EXPECT_EQ(repair.extent.max_bucket, 3);
  EXPECT_EQ(repair.extent.max_difference, 1.5);
}

TEST(BucketQuantile, LevelsRoundingDifferencesSilently) {
  MonotonicityRepair repair;
  EXPECT_EQ(Quantile(1, {{1, 1000}, {2, 1000 - 1e-10}, {3, 1000 + 1e-10}, {kInf, 1000}}, &repair),
            1);
  EXPECT_FALSE(repair.forced);
}

TEST(BucketFraction, InterpolatesAtBothEnds) {
  const Buckets buckets = {{1, 10}, {2, 20}, {4, 40}, {kInf, 50}};
  EXPECT_EQ(Fraction(0, 4, buckets), 0.8);
  EXPECT_EQ(Fraction(0.5, 3, buckets), 0.5);
  EXPECT_EQ(Fraction(2, 4, buckets), 0.4);
  EXPECT_EQ(Fraction(-kInf, kInf, buckets), 1);
}

TEST(BucketFraction, CountsNothingOfTheHighestBucketBelowInfinity) {
  const Buckets buckets = {{1, 10}, {kInf, 50}};
  EXPECT_EQ(Fraction(4, 5, buckets), 0);
  EXPECT_EQ(Fraction(0, 5, buckets), 0.2);
  EXPECT_EQ(Fraction(4, kInf, buckets), 0.8);
}

TEST(BucketFraction, TakesTheFirstBucketWholeIfItsBoundIsNotPositive) {
  const Buckets buckets = {{-3, 10}, {-1, 30}, {kInf, 40}};
  EXPECT_EQ(Fraction(-4, -2, buckets), 0.25);
}

TEST(BucketFraction, IsZeroForAnEmptyRangeAndNanWithoutObservations) {
  const Buckets buckets = {{1, 10}, {kInf, 50}};
  EXPECT_EQ(Fraction(2, 2, buckets), 0);
  EXPECT_EQ(Fraction(3, 2, buckets), 0);
  EXPECT_TRUE(std::isnan(Fraction(kNan, 2, buckets)));
  EXPECT_TRUE(std::isnan(Fraction(0, 2, {{1, 0}, {kInf, 0}})));
  EXPECT_TRUE(std::isnan(Fraction(0, 2, {{1, 5}})));
}

}  // namespace
}  // namespace promlite::promql::internal
