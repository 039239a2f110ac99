#ifndef PROMLITE_ENGINE_HISTOGRAMS_BUCKETS_H_
#define PROMLITE_ENGINE_HISTOGRAMS_BUCKETS_H_

#include <vector>

#include "promlite/storage/metrics/histograms/histogram.h"

namespace promlite::internal {

// A bucket with its bounds.
struct BoundedBucket {
  double lower = 0;
  double upper = 0;
  double count = 0;
  bool lower_inclusive = false;
  bool upper_inclusive = false;
};

// The buckets of one side, from the zero bucket outwards, empty ones included.
std::vector<BoundedBucket> PositiveBuckets(const Histogram& histogram);
std::vector<BoundedBucket> NegativeBuckets(const Histogram& histogram);
BoundedBucket ZeroBucketOf(const Histogram& histogram);

// All buckets from the lowest to the highest. The zero bucket is among them if it is populated;
// buckets that overlap it are cut at its threshold.
std::vector<BoundedBucket> AllBuckets(const Histogram& histogram);

// The part of the bucket that lies at or below `value`, which is strictly inside its finite bounds:
// observations are taken to be spread evenly, or evenly on a logarithmic scale.
enum class Spread { kLinear, kExponential };
double FractionBelow(const BoundedBucket& bucket, double value, Spread spread);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_HISTOGRAMS_BUCKETS_H_
