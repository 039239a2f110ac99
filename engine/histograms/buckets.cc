#include "promlite/engine/histograms/buckets.h"

#include <cmath>

namespace promlite::internal {
namespace {

void SetInclusiveness(const Histogram& histogram, int32_t index, BoundedBucket* bucket) {
  if (histogram.UsesCustomBuckets()) {
    bucket->lower_inclusive = index == 0;
    bucket->upper_inclusive = true;
  } else {
    bucket->lower_inclusive = bucket->lower < 0;
    bucket->upper_inclusive = bucket->upper > 0;
  }
}

void CutAtZeroBucket(double threshold, BoundedBucket* bucket) {
  if (bucket->upper < 0 && bucket->upper > -threshold) {
    bucket->upper = -threshold;
  } else if (bucket->lower > 0 && bucket->lower < threshold) {
    bucket->lower = threshold;
  }
}

}  // namespace

std::vector<BoundedBucket> PositiveBuckets(const Histogram& histogram) {
  std::vector<BoundedBucket> buckets;
  buckets.reserve(histogram.positive.size());
  for (const auto& [index, count] : histogram.positive) {
    BoundedBucket& bucket = buckets.emplace_back();
    bucket.lower = BucketUpperBound(histogram, index - 1);
    bucket.upper = BucketUpperBound(histogram, index);
    bucket.count = count;
    SetInclusiveness(histogram, index, &bucket);
  }
  return buckets;
}

std::vector<BoundedBucket> NegativeBuckets(const Histogram& histogram) {
  std::vector<BoundedBucket> buckets;
  buckets.reserve(histogram.negative.size());
  for (const auto& [index, count] : histogram.negative) {
    BoundedBucket& bucket = buckets.emplace_back();
    bucket.lower = -BucketUpperBound(histogram, index);
    bucket.upper = -BucketUpperBound(histogram, index - 1);
    bucket.count = count;
    SetInclusiveness(histogram, index, &bucket);
  }
  return buckets;
}

BoundedBucket ZeroBucketOf(const Histogram& histogram) {
  return {-histogram.zero_threshold, histogram.zero_threshold, histogram.zero_count, true, true};
}

std::vector<BoundedBucket> AllBuckets(const Histogram& histogram) {
  const std::vector<BoundedBucket> negative = NegativeBuckets(histogram);
  const std::vector<BoundedBucket> positive = PositiveBuckets(histogram);
  std::vector<BoundedBucket> all(negative.rbegin(), negative.rend());
  for (BoundedBucket& bucket : all) CutAtZeroBucket(histogram.zero_threshold, &bucket);
  if (histogram.zero_count > 0) all.push_back(ZeroBucketOf(histogram));
  for (BoundedBucket bucket : positive) {
    CutAtZeroBucket(histogram.zero_threshold, &bucket);
    all.push_back(bucket);
  }
  return all;
}

double FractionBelow(const BoundedBucket& bucket, double value, Spread spread) {
  if (spread == Spread::kLinear) return (value - bucket.lower) / (bucket.upper - bucket.lower);
  const double lower = std::log2(std::abs(bucket.lower));
  const double upper = std::log2(std::abs(bucket.upper));
  const double at = std::log2(std::abs(value));
  if (value > 0) return (at - lower) / (upper - lower);
  return 1 - (at - upper) / (lower - upper);
}

}  // namespace promlite::internal
