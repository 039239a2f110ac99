#include "promlite/engine/histograms/trim.h"

#include <cmath>
#include <limits>
#include <vector>

#include "promlite/engine/histograms/buckets.h"

namespace promlite::internal {
namespace {

// What is left of a bucket, and the value that its observations are taken to have.
struct Kept {
  double count = 0;
  double value = 0;
};

enum class Side { kPositive, kNegative };

// The middle of an interval of one side.
double Middle(double lower, double upper, Side side, Spread spread) {
  if (std::isinf(lower)) {
    if (std::isinf(upper)) return 0;
    return upper > 0 ? upper / 2 : upper;
  }
  if (std::isinf(upper)) return lower;
  if (spread == Spread::kLinear) return (lower + upper) / 2;
  const double mean = std::sqrt(std::abs(lower * upper));
  return side == Side::kPositive ? mean : -mean;
}

// A bucket without a lower bound (of custom ones the first), into which the bound falls. If its
// upper bound is positive, its observations are taken to be so too.
Kept DivideLowest(const BoundedBucket& bucket, double bound, TrimKeeps keeps) {
  const bool begins_at_zero = bucket.upper > 0 && !std::isinf(bucket.upper);
  const double upper = std::isinf(bucket.upper) ? 0 : bucket.upper;
  if (keeps == TrimKeeps::kBelow) {
    if (bound >= bucket.upper) return {bucket.count, 0};
    if (bound > 0 && begins_at_zero) return {bucket.count * bound / bucket.upper, bound / 2};
    if (bucket.upper <= 0) return {bucket.count, bound};
    return {0, upper};
  }
  if (bound <= bucket.lower) return {bucket.count, 0};
  if (bound >= 0 && bucket.upper > bound && begins_at_zero) {
    return {bucket.count * (1 - bound / bucket.upper), (bound + bucket.upper) / 2};
  }
  return {0, upper};
}

// A bucket without an upper bound: nothing says how far up its observations go.
Kept DivideHighest(const BoundedBucket& bucket, double bound, TrimKeeps keeps) {
  const double lower = std::isinf(bucket.lower) ? 0 : bucket.lower;
  if (keeps == TrimKeeps::kAbove && bound >= bucket.lower) return {bucket.count, bound};
  return {0, lower};
}

// A bucket that the bound lies in.
Kept Divide(const BoundedBucket& bucket, double bound, TrimKeeps keeps, Side side, Spread spread) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  if (bucket.lower == -kInfinity) return DivideLowest(bucket, bound, keeps);
  if (bucket.upper == kInfinity) return DivideHighest(bucket, bound, keeps);
  const double below = bound <= bucket.lower ? 0
                       : bound >= bucket.upper
                           ? bucket.count
                           : bucket.count * FractionBelow(bucket, bound, spread);
  if (keeps == TrimKeeps::kBelow) return {below, Middle(bucket.lower, bound, side, spread)};
  return {bucket.count - below, Middle(bound, bucket.upper, side, spread)};
}

// The zero bucket [lower, upper], one end of which is 0 if there are observations on the other side
// only.
Kept DivideZeroBucket(const BoundedBucket& zero, double bound, TrimKeeps keeps) {
  const bool keeps_below = keeps == TrimKeeps::kBelow;
  if (bound <= zero.lower || bound >= zero.upper) {
    const bool keeps_all =
        keeps_below ? bound >= zero.upper && bound > zero.lower : bound <= zero.lower;
    if (!keeps_all) return {0, 0};
    return {zero.count, (zero.lower + zero.upper) / 2};
  }
  const double width = zero.upper - zero.lower;
  if (keeps_below) {
    return {zero.count * ((bound - zero.lower) / width), (zero.lower + bound) / 2};
  }
  return {zero.count * ((zero.upper - bound) / width), (bound + zero.upper) / 2};
}

class Trimming {
 public:
  Trimming(double bound, TrimKeeps keeps, Histogram* histogram)
      : bound_(bound),
        keeps_(keeps),
        h_(histogram),
        spread_(histogram->UsesCustomBuckets() ? Spread::kLinear : Spread::kExponential) {}

  void Run() {
    const bool has_positive = TrimSide(Side::kPositive, PositiveBuckets(*h_), &h_->positive);
    const bool has_negative = TrimSide(Side::kNegative, NegativeBuckets(*h_), &h_->negative);
    if (h_->zero_count > 0) {
      BoundedBucket zero = ZeroBucketOf(*h_);
      if (has_negative && !has_positive) zero.upper = 0;
      if (has_positive && !has_negative) zero.lower = 0;
      const Kept kept = DivideZeroBucket(zero, bound_, keeps_);
      changed_ |= h_->zero_count != kept.count;
      h_->zero_count = kept.count;
      sum_ += kept.value * kept.count;
      count_ += kept.count;
    }
    if (!changed_) return;
    h_->count = count_;
    h_->sum = sum_;
    RemoveEmptyBuckets(h_);
  }

 private:
  // Whether the side has any observation.
  bool TrimSide(Side side, const std::vector<BoundedBucket>& bounded,
                std::vector<HistogramBucket>* counts) {
    bool any = false;
    for (size_t i = 0; i < bounded.size(); ++i) {
      const BoundedBucket& bucket = bounded[i];
      if (bucket.count == 0) continue;
      any = true;
      const bool keeps_below = keeps_ == TrimKeeps::kBelow;
      const bool stays = keeps_below ? bucket.upper <= bound_ : bucket.lower >= bound_;
      const bool divides = keeps_below ? bucket.lower < bound_ : bucket.upper > bound_;
      Kept kept;
      if (stays) {
        kept = {bucket.count, Middle(bucket.lower, bucket.upper, side, spread_)};
      } else if (divides) {
        kept = Divide(bucket, bound_, keeps_, side, spread_);
      }
      changed_ |= kept.count != bucket.count;
      (*counts)[i].count = kept.count;
      count_ += kept.count;
      sum_ += kept.value * kept.count;
    }
    return any;
  }

  const double bound_;
  const TrimKeeps keeps_;
  Histogram* const h_;
  const Spread spread_;
  double count_ = 0, sum_ = 0;
  bool changed_ = false;
};

}  // namespace

void TrimHistogram(double bound, TrimKeeps keeps, Histogram* histogram) {
  Trimming(bound, keeps, histogram).Run();
}

}  // namespace promlite::internal
