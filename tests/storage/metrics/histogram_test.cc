#include "promlite/storage/metrics/histograms/histogram.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>

#include "promlite/storage/metrics/sample.h"

namespace promlite {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

Histogram Exponential(int32_t schema, std::vector<HistogramBucket> positive,
                      std::vector<HistogramBucket> negative = {}) {
  Histogram histogram;
  histogram.schema = schema;
  histogram.positive = std::move(positive);
  histogram.negative = std::move(negative);
  for (const HistogramBucket& bucket : histogram.positive) histogram.count += bucket.count;
  for (const HistogramBucket& bucket : histogram.negative) histogram.count += bucket.count;
  return histogram;
}

Histogram Custom(std::vector<double> bounds, std::vector<HistogramBucket> buckets) {
  Histogram histogram = Exponential(Histogram::kCustomBucketsSchema, std::move(buckets));
  histogram.custom_bounds = std::move(bounds);
  return histogram;
}

TEST(ExponentialUpperBound, IsAPowerOfTheSchemasBase) {
  EXPECT_EQ(ExponentialUpperBound(0, 0), 1);
  EXPECT_EQ(ExponentialUpperBound(3, 0), 8);
  EXPECT_EQ(ExponentialUpperBound(-2, 0), 0.25);
  EXPECT_EQ(ExponentialUpperBound(2, -1), 16);
  EXPECT_EQ(ExponentialUpperBound(-1, -4), std::ldexp(1, -16));
  EXPECT_EQ(ExponentialUpperBound(1, 1), 1.414213562373095);  // the table's half of it, doubled
  EXPECT_EQ(ExponentialUpperBound(256, 8), 2);
}

TEST(ExponentialUpperBound, EndsFiniteNumbersAtTheLargest_AndInfinityBehindIt) {
  for (int32_t schema = 0; schema <= Histogram::kMaxSchema; ++schema) {
    EXPECT_EQ(ExponentialUpperBound(1024 << schema, schema), std::numeric_limits<double>::max());
    EXPECT_EQ(ExponentialUpperBound((1024 << schema) + 1, schema), kInfinity);
  }
  EXPECT_EQ(ExponentialUpperBound(64, -4), std::numeric_limits<double>::max());
  EXPECT_EQ(ExponentialUpperBound(65, -4), kInfinity);
  constexpr int32_t kLargest = std::numeric_limits<int32_t>::max();
  EXPECT_EQ(ExponentialUpperBound(kLargest, 0), kInfinity);
  EXPECT_EQ(ExponentialUpperBound(int64_t{-1} - kLargest, 0), 0);
  EXPECT_EQ(ExponentialUpperBound(int64_t{-1} - kLargest, -4), 0);
}

TEST(BucketUpperBound, OfCustomBuckets_IsTheBound_ThenInfinity) {
  const Histogram histogram = Custom({0.1, 5}, {});
  EXPECT_EQ(BucketUpperBound(histogram, -1), -kInfinity);
  EXPECT_EQ(BucketUpperBound(histogram, 0), 0.1);
  EXPECT_EQ(BucketUpperBound(histogram, 1), 5);
  EXPECT_EQ(BucketUpperBound(histogram, 2), kInfinity);
}

TEST(ReduceResolution, MergesTheBucketsThatACoarserOneCovers) {
  // Schema 1 has the bounds 1, 2^0.5, 2, 2^1.5, 4; schema 0 has 1, 2, 4.
  Histogram histogram = Exponential(1, {{0, 1}, {1, 2}, {2, 3}, {3, 4}}, {{-1, 5}, {0, 6}});
  ReduceResolution(0, &histogram);
  EXPECT_EQ(histogram.schema, 0);
  ASSERT_EQ(histogram.positive.size(), 3u);
  EXPECT_EQ(histogram.positive[0].index, 0);
  EXPECT_EQ(histogram.positive[0].count, 1);
  EXPECT_EQ(histogram.positive[1].index, 1);
  EXPECT_EQ(histogram.positive[1].count, 5);
  EXPECT_EQ(histogram.positive[2].index, 2);
  EXPECT_EQ(histogram.positive[2].count, 4);
  ASSERT_EQ(histogram.negative.size(), 1u);
  EXPECT_EQ(histogram.negative[0].index, 0);
  EXPECT_EQ(histogram.negative[0].count, 11);
}

TEST(IndexInSchema, HoldsAtTheEnds) {
  constexpr int32_t kSmallest = std::numeric_limits<int32_t>::min();
  EXPECT_EQ(IndexInSchema(kSmallest, 8, 8), kSmallest);
  EXPECT_EQ(IndexInSchema(kSmallest, 1, 0), kSmallest / 2);
}

TEST(SameHistogram, LooksPastHintsAndEmptyBuckets) {
  const Histogram histogram = Exponential(0, {{1, 2}, {3, 4}});
  Histogram other = Exponential(0, {{1, 2}, {2, 0}, {3, 4}, {9, 0}}, {{0, 0}});
  other.hint = CounterResetHint::kGauge;
  EXPECT_TRUE(SameHistogram(histogram, other));
  EXPECT_TRUE(SameHistogram(other, histogram));
}

TEST(SameHistogram, ComparesEveryPartOfIt) {
  const Histogram histogram = Exponential(0, {{1, 2}, {3, 4}}, {{1, 1}});
  const auto differs = [&](auto change) {
    Histogram other = histogram;
    change(&other);
    return !SameHistogram(histogram, other) && !SameHistogram(other, histogram);
  };
  EXPECT_TRUE(differs([](Histogram* h) { h->schema = 1; }));
  EXPECT_TRUE(differs([](Histogram* h) { h->count += 1; }));
  EXPECT_TRUE(differs([](Histogram* h) { h->sum = -0.0; }));  // bits, not values
  EXPECT_TRUE(differs([](Histogram* h) { h->zero_count = 1; }));
  EXPECT_TRUE(differs([](Histogram* h) { h->zero_threshold = 1; }));
  EXPECT_TRUE(differs([](Histogram* h) { h->positive[1].index = 4; }));
  EXPECT_TRUE(differs([](Histogram* h) { h->positive[1].count = 5; }));
  EXPECT_TRUE(differs([](Histogram* h) { h->positive.pop_back(); }));
  EXPECT_TRUE(differs([](Histogram* h) { h->negative.clear(); }));
  EXPECT_FALSE(SameHistogram(Custom({1, 2}, {{0, 1}}), Custom({1, 3}, {{0, 1}})));
}

TEST(Histogram, IsAStalenessMarker_WhenItsSumHasTheMarkersBits) {
  Histogram histogram;
  EXPECT_FALSE(histogram.IsStalenessMarker());
  histogram.sum = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(histogram.IsStalenessMarker());
  histogram.sum = StalenessMarker();
  EXPECT_TRUE(histogram.IsStalenessMarker());
}

TEST(DetectReset, TrustsAHint) {
  const Histogram small = Exponential(0, {{1, 1}});
  Histogram large = Exponential(0, {{1, 2}});
  EXPECT_FALSE(DetectReset(large, small));
  large.hint = CounterResetHint::kReset;
  EXPECT_TRUE(DetectReset(large, small));
  Histogram not_reset = small;
  EXPECT_TRUE(DetectReset(not_reset, Exponential(0, {{1, 2}})));
  not_reset.hint = CounterResetHint::kNotReset;
  EXPECT_FALSE(DetectReset(not_reset, Exponential(0, {{1, 2}})));
}

TEST(DetectReset, SeesACountThatFell) {
  EXPECT_TRUE(DetectReset(Exponential(0, {{1, 1}}), Exponential(0, {{1, 2}})));
  // The count grew, one bucket fell.
  EXPECT_TRUE(DetectReset(Exponential(0, {{1, 1}, {2, 9}}), Exponential(0, {{1, 2}, {2, 2}})));
  EXPECT_TRUE(DetectReset(Exponential(0, {{2, 9}}), Exponential(0, {{1, 2}})));
  EXPECT_TRUE(DetectReset(Exponential(0, {{1, 9}}, {{1, 1}}), Exponential(0, {}, {{1, 2}})));
  EXPECT_FALSE(DetectReset(Exponential(0, {{2, 9}}), Exponential(0, {{1, 0}, {3, 0}})));
  // The sum is not looked at: negative observations make it fall.
  Histogram fallen_sum = Exponential(0, {{1, 2}});
  fallen_sum.sum = -10;
  EXPECT_FALSE(DetectReset(fallen_sum, Exponential(0, {{1, 2}})));
}

TEST(DetectReset, SeesALayoutThatOnlyARestartExplains) {
  const Histogram before = Exponential(0, {{1, 2}});
  Histogram finer = Exponential(1, {{1, 1}, {2, 1}});
  EXPECT_TRUE(DetectReset(finer, before));
  EXPECT_FALSE(DetectReset(before, finer));  // a coarser resolution is what exporters fall back to
  EXPECT_TRUE(DetectReset(Custom({1}, {{0, 2}}), before));
  EXPECT_TRUE(DetectReset(before, Custom({1}, {{0, 2}})));
}

TEST(DetectReset, FollowsTheZeroBucket) {
  const auto with_zero = [](double threshold, double count, std::vector<HistogramBucket> buckets) {
    Histogram histogram = Exponential(0, std::move(buckets));
    histogram.zero_threshold = threshold;
    histogram.zero_count = count;
    histogram.count += count;
    return histogram;
  };
  const Histogram before = with_zero(0.5, 3, {{0, 2}, {1, 1}});
  EXPECT_TRUE(DetectReset(with_zero(0.25, 9, {{0, 2}, {1, 1}}), before));  // narrower
  EXPECT_TRUE(DetectReset(with_zero(0.5, 2, {{0, 9}, {1, 1}}), before));   // holds less
  // Wider, by the whole bucket (0.5, 1]: its 2 are now in the zero bucket.
  EXPECT_FALSE(DetectReset(with_zero(1, 5, {{1, 1}}), before));
  EXPECT_TRUE(DetectReset(with_zero(1, 4, {{1, 9}}), before));
  // Wider, into the middle of a populated bucket.
  EXPECT_TRUE(DetectReset(with_zero(0.75, 9, {{0, 2}, {1, 1}}), before));
  // Into the middle of an empty one.
  EXPECT_FALSE(DetectReset(with_zero(0.75, 9, {{1, 1}}), with_zero(0.5, 3, {{0, 0}, {1, 1}})));
}

TEST(DetectReset, ComparesOtherCustomBounds_BetweenThoseThatBothHave) {
  const Histogram before = Custom({1, 2, 3}, {{0, 1}, {1, 1}, {2, 1}, {3, 1}});
  EXPECT_FALSE(DetectReset(Custom({1, 3}, {{0, 1}, {1, 2}, {2, 1}}), before));
  EXPECT_TRUE(DetectReset(Custom({1, 3}, {{0, 1}, {1, 1}, {2, 3}}), before));
  EXPECT_FALSE(DetectReset(Custom({5}, {{0, 4}}), before));
  EXPECT_FALSE(DetectReset(Custom({}, {{0, 4}}), before));
}

TEST(WidenedZeroBucket, TakesInWhatItReaches_AndTheWholeOfAPopulatedBucket) {
  Histogram histogram = Exponential(0, {{0, 2}, {1, 1}, {4, 7}}, {{1, 5}});
  histogram.zero_threshold = 0.5;
  histogram.zero_count = 3;
  ZeroBucket zero = WidenedZeroBucket(histogram, 0.5);
  EXPECT_EQ(zero.count, 3);
  EXPECT_EQ(zero.threshold, 0.5);
  zero = WidenedZeroBucket(histogram, 1);
  EXPECT_EQ(zero.count, 5);
  EXPECT_EQ(zero.threshold, 1);
  zero = WidenedZeroBucket(histogram, 1.5);  // in (1, 2], populated on both sides
  EXPECT_EQ(zero.count, 11);
  EXPECT_EQ(zero.threshold, 2);
  zero = WidenedZeroBucket(histogram, 5);  // in (4, 8], empty
  EXPECT_EQ(zero.count, 11);
  EXPECT_EQ(zero.threshold, 5);
}

TEST(SizeInSamples, IsASixteenthOfPrometheusBytes) {
  // 168 bytes, 8 for each bucket, span and bound, and 8 for the time.
  EXPECT_EQ(SizeInSamples(Histogram{}), 11);
  EXPECT_EQ(SizeInSamples(Exponential(0, {{1, 1}, {2, 1}, {5, 1}}, {{0, 1}})), (176 + 56) / 16);
  EXPECT_EQ(SizeInSamples(Custom({1, 2}, {{0, 1}})), (176 + 32) / 16);
}

}  // namespace
}  // namespace promlite
