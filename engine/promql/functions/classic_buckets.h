#ifndef PROMLITE_ENGINE_PROMQL_FUNCTIONS_CLASSIC_BUCKETS_H_
#define PROMLITE_ENGINE_PROMQL_FUNCTIONS_CLASSIC_BUCKETS_H_

#include <span>

#include "promlite/engine/run/annotations.h"
#include "promlite/parser/promql/namespaces.h"

namespace promlite::promql::internal {

// A bucket of a classic histogram: how many observations are at most `upper_bound`.
struct ClassicBucket {
  double upper_bound = 0;
  double count = 0;
};

// Counts that fell from a bucket to the next and were raised to the former's. Its times are left to
// the caller.
struct MonotonicityRepair {
  bool forced = false;
  Annotations::ForcedMonotonicity extent;
};

// Both take at least one bucket, sorted by bound. Buckets of one bound are added up; the highest
// bound must be +Inf, or the answer is NaN. They work in place, as Prometheus does, where the next
// of several quantiles sees the buckets as the one before left them: repaired, and with the highest
// ones, which adding up has moved down, still at their old places too.

// histogram_quantile of one histogram at one time, linear within the bucket of rank q * total.
double BucketQuantile(double q, std::span<ClassicBucket> buckets, MonotonicityRepair* repair);

// histogram_fraction: the share of observations in [lower, upper], linear within buckets.
double BucketFraction(double lower, double upper, std::span<ClassicBucket> buckets);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_FUNCTIONS_CLASSIC_BUCKETS_H_
