#include "promlite/engine/promql/functions/classic_buckets.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>

#include "promlite/storage/metrics/sample.h"

namespace promlite::promql::internal {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

// The buckets that are left.
std::span<ClassicBucket> AddUpEqualBounds(std::span<ClassicBucket> buckets) {
  size_t last = 0;
  for (size_t i = 1; i < buckets.size(); ++i) {
    const ClassicBucket bucket = buckets[i];
    if (bucket.upper_bound == buckets[last].upper_bound) {
      buckets[last].count += bucket.count;
    } else {
      buckets[++last] = bucket;
    }
  }
  return buckets.first(last + 1);
}

// Differences that rounding explains: below 1e-12 of the sum of the magnitudes.
bool AlmostEqual(double a, double b) {
  constexpr double kTolerance = 1e-12;
  constexpr double kSmallestNormal = std::numeric_limits<double>::min();
  if (IsStalenessMarker(a) || IsStalenessMarker(b)) {
    return IsStalenessMarker(a) && IsStalenessMarker(b);
  }
  if (std::isnan(a) && std::isnan(b)) return true;
  if (a == b) return true;
  const double sum = std::fabs(a) + std::fabs(b);
  const double difference = std::fabs(a - b);
  if (a == 0 || b == 0 || sum < kSmallestNormal) return difference < kTolerance * kSmallestNormal;
  return difference / std::min(sum, std::numeric_limits<double>::max()) < kTolerance;
}

// Counts are cumulative, so none may be below the one before. Small differences, up or down, are
// levelled silently.
void MakeMonotonic(std::span<ClassicBucket> buckets, MonotonicityRepair* repair) {
  repair->extent.min_bucket = kInfinity;
  repair->extent.max_bucket = -kInfinity;
  double highest = buckets.front().count;
  for (size_t i = 1; i < buckets.size(); ++i) {
    ClassicBucket& bucket = buckets[i];
    if (bucket.count == highest) continue;
    if (AlmostEqual(highest, bucket.count)) {
      bucket.count = highest;
      continue;
    }
    if (!(bucket.count < highest)) {
      highest = bucket.count;
      continue;
    }
    Annotations::ForcedMonotonicity& extent = repair->extent;
    repair->forced = true;
    extent.min_bucket = std::min(extent.min_bucket, bucket.upper_bound);
    extent.max_bucket = std::max(extent.max_bucket, bucket.upper_bound);
    extent.max_difference = std::max(extent.max_difference, highest - bucket.count);
    bucket.count = highest;
  }
}

}  // namespace

double BucketQuantile(double q, std::span<ClassicBucket> buckets, MonotonicityRepair* repair) {
  if (std::isnan(q)) return kNan;
  if (q < 0) return -kInfinity;
  if (q > 1) return kInfinity;
  if (buckets.back().upper_bound != kInfinity) return kNan;
  buckets = AddUpEqualBounds(buckets);
  MakeMonotonic(buckets, repair);
  if (buckets.size() < 2) return kNan;
  const double total = buckets.back().count;
  if (total == 0) return kNan;

  const std::span<const ClassicBucket> b = buckets;
  double rank = q * total;
  // The first bucket that reaches the rank, by bisection: with NaN among the counts the way
  // matters.
  size_t found = 0, end = b.size() - 1;
  while (found < end) {
    const size_t middle = found + (end - found) / 2;
    if (b[middle].count >= rank) {
      end = middle;
    } else {
      found = middle + 1;
    }
  }
  if (found == b.size() - 1) return b[b.size() - 2].upper_bound;
  if (found == 0 && b[0].upper_bound <= 0) return b[0].upper_bound;
  double lower_bound = 0;
  double count = b[found].count;
  if (found > 0) {
    lower_bound = b[found - 1].upper_bound;
    count -= b[found - 1].count;
    rank -= b[found - 1].count;
  }
  return lower_bound + (b[found].upper_bound - lower_bound) * (rank / count);
}

double BucketFraction(double lower, double upper, std::span<ClassicBucket> buckets) {
  if (buckets.back().upper_bound != kInfinity) return kNan;
  buckets = AddUpEqualBounds(buckets);
  const double total = buckets.back().count;
  if (total == 0 || std::isnan(lower) || std::isnan(upper)) return kNan;
  if (lower >= upper) return 0;

  // The lowest bucket begins at 0 if its bound is above.
  double bucket_lower = buckets.front().upper_bound <= 0 ? -kInfinity : 0.0;
  double rank = 0;  // observations below the bucket
  std::optional<double> lower_rank, upper_rank;
  for (const ClassicBucket& bucket : buckets) {
    const auto find_rank = [&](double bound, std::optional<double>* found) {
      if (*found) return;
      if (bucket_lower >= bound) {
        *found = rank;
      } else if (bucket_lower < bound && bucket.upper_bound > bound) {
        // A bucket without a lower bound cannot be divided; one without an upper bound gives
        // nothing.
        *found = bucket_lower == -kInfinity
                     ? bucket.count
                     : rank + (bucket.count - rank) * (bound - bucket_lower) /
                                  (bucket.upper_bound - bucket_lower);
      }
    };
    find_rank(lower, &lower_rank);
    find_rank(upper, &upper_rank);
    if (lower_rank && upper_rank) break;
    rank = bucket.count;
    bucket_lower = bucket.upper_bound;
  }
  const auto capped = [&](const std::optional<double>& found) {
    return !found || *found > total ? total : *found;
  };
  return (capped(upper_rank) - capped(lower_rank)) / total;
}

}  // namespace promlite::promql::internal
