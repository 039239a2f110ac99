#include "promlite/engine/histograms/quantile.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "promlite/engine/histograms/buckets.h"
#include "promlite/engine/kernels/kahan_sum.h"

namespace promlite::internal {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

// With observations on one side only, the zero bucket ends at zero on the other.
void LimitZeroBucket(const Histogram& histogram, BoundedBucket* bucket) {
  if (histogram.negative.empty() && !histogram.positive.empty()) {
    bucket->lower = 0;
  } else if (histogram.positive.empty() && !histogram.negative.empty()) {
    bucket->upper = 0;
  }
}

// The place at a fraction of the bucket.
double Interpolate(const BoundedBucket& bucket, double fraction, Spread spread) {
  if (spread == Spread::kLinear) {
    return bucket.lower + (bucket.upper - bucket.lower) * fraction;
  }
  const double lower = std::log2(std::abs(bucket.lower));
  const double upper = std::log2(std::abs(bucket.upper));
  if (bucket.lower > 0) return std::exp2(lower + (upper - lower) * fraction);
  return -std::exp2(upper + (lower - upper) * (1 - fraction));
}

double AddCounts(const std::vector<BoundedBucket>& buckets, size_t first, double count) {
  for (size_t i = first; i < buckets.size(); ++i) count += buckets[i].count;
  return count;
}

// The bucket that holds a rank, and how far the counts have come with it.
struct Found {
  BoundedBucket bucket;
  double count = 0;
  size_t next = 0;  // the bucket behind
};

Found FindRank(const std::vector<BoundedBucket>& buckets, double rank) {
  Found found;
  while (found.next < buckets.size()) {
    found.bucket = buckets[found.next++];
    if (found.bucket.count == 0) continue;
    found.count += found.bucket.count;
    if (found.count >= rank) break;
  }
  return found;
}

// The rank of a value among the observations, bucket by bucket from below.
class RankOf {
 public:
  explicit RankOf(double value) : value_(value) {}

  bool known() const { return known_; }

  // `before`: the observations in the buckets below.
  void LookAtLowerBound(const BoundedBucket& bucket, double before) {
    if (!known_ && bucket.lower >= value_) Set(before);
  }
  void LookInside(const BoundedBucket& bucket, double before, Spread spread) {
    if (known_ || !(bucket.lower < value_ && bucket.upper > value_)) return;
    if (spread == Spread::kLinear && bucket.lower == -kInfinity) {
      // A bucket without a lower bound cannot be divided.
      Set(bucket.count);
    } else {
      Set(before + bucket.count * FractionBelow(bucket, value_, spread));
    }
  }
  double CappedAt(double count) const { return !known_ || rank_ > count ? count : rank_; }

 private:
  void Set(double rank) {
    rank_ = rank;
    known_ = true;
  }

  const double value_;
  double rank_ = 0;
  bool known_ = false;
};

}  // namespace

double HistogramQuantile(double q, const Histogram& histogram, NanEffect* effect) {
  if (q < 0) return -kInfinity;
  if (q > 1) return kInfinity;
  if (histogram.count == 0 || std::isnan(q)) return kNan;
  const bool may_have_nan = std::isnan(histogram.sum);
  const bool from_below = may_have_nan || q < 0.5;
  std::vector<BoundedBucket> buckets = AllBuckets(histogram);
  if (!from_below) std::reverse(buckets.begin(), buckets.end());
  const double rank = from_below ? q * histogram.count : (1 - q) * histogram.count;
  Found found = FindRank(buckets, rank);
  BoundedBucket& bucket = found.bucket;
  if (histogram.UsesCustomBuckets()) {
    if (bucket.lower == -kInfinity) {
      if (bucket.upper <= 0) return bucket.upper;
      bucket.lower = 0;
    } else if (bucket.upper == kInfinity) {
      return bucket.lower;
    }
  } else if (bucket.lower < 0 && bucket.upper > 0) {
    LimitZeroBucket(histogram, &bucket);
  }
  const double count = std::min(found.count, histogram.count);
  if (count < rank) {
    if (!may_have_nan) return bucket.upper;
    *effect = NanEffect::kResultIsNan;
    return kNan;
  }
  const double rank_in_bucket = from_below ? rank - (count - bucket.count) : count - rank;
  if (may_have_nan && AddCounts(buckets, found.next, count) < histogram.count) {
    *effect = NanEffect::kSkewedHigher;
  }
  const bool linear = histogram.UsesCustomBuckets() || (bucket.lower <= 0 && bucket.upper >= 0);
  return Interpolate(bucket, rank_in_bucket / bucket.count,
                     linear ? Spread::kLinear : Spread::kExponential);
}

double HistogramFraction(double lower, double upper, const Histogram& histogram,
                         NanEffect* effect) {
  if (histogram.count == 0 || std::isnan(lower) || std::isnan(upper)) return kNan;
  if (lower >= upper) return 0;
  const std::vector<BoundedBucket> buckets = AllBuckets(histogram);
  RankOf lower_rank(lower), upper_rank(upper);
  double before = 0, count = 0;
  size_t next = 0;
  while (next < buckets.size()) {
    BoundedBucket bucket = buckets[next++];
    count += bucket.count;
    Spread spread = Spread::kExponential;
    if (histogram.UsesCustomBuckets()) {
      spread = Spread::kLinear;
      if (bucket.lower == -kInfinity && bucket.upper > 0) bucket.lower = 0;
    } else if (bucket.lower <= 0 && bucket.upper >= 0) {
      spread = Spread::kLinear;
      LimitZeroBucket(histogram, &bucket);
    }
    lower_rank.LookAtLowerBound(bucket, before);
    upper_rank.LookAtLowerBound(bucket, before);
    if (lower_rank.known() && upper_rank.known()) break;
    lower_rank.LookInside(bucket, before, spread);
    upper_rank.LookInside(bucket, before, spread);
    if (lower_rank.known() && upper_rank.known()) break;
    before += bucket.count;
  }
  if (std::isnan(histogram.sum)) {
    count = AddCounts(buckets, next, count);
    if (count < histogram.count) *effect = NanEffect::kLeftOut;
  } else {
    count = histogram.count;
  }
  return (upper_rank.CappedAt(count) - lower_rank.CappedAt(count)) / histogram.count;
}

double HistogramVariance(const Histogram& histogram) {
  const double mean = histogram.sum / histogram.count;
  KahanSum variance;
  for (const BoundedBucket& bucket : AllBuckets(histogram)) {
    if (bucket.count == 0) continue;
    double middle = 0;
    if (histogram.UsesCustomBuckets()) {
      middle = (bucket.upper + bucket.lower) / 2;
    } else if (!(bucket.lower <= 0 && bucket.upper >= 0)) {
      middle = std::sqrt(bucket.upper * bucket.lower);
      if (bucket.upper < 0) middle = -middle;
    }
    const double difference = middle - mean;
    variance.Add(bucket.count * difference * difference);
  }
  return variance.Total() / histogram.count;
}

}  // namespace promlite::internal
