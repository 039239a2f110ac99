#include "promlite/storage/otlp/metrics/points/exponential_sum.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>
#include <vector>

namespace promlite::internal {
namespace {

using Point = otlp::ExponentialHistogramDataPoint;
using Buckets = Point::Buckets;

constexpr int64_t kMostBuckets = 160;
// Merged so often, all buckets have become two: those of index -1 and 0.
constexpr int64_t kMostMerges = 64;

int64_t Lower(const Buckets& buckets) { return buckets.offset(); }
int64_t Upper(const Buckets& buckets) {
  return int64_t{buckets.offset()} + buckets.bucket_counts_size();
}

uint64_t CountAt(const Buckets& buckets, int64_t index) {
  if (index < Lower(buckets) || index >= Upper(buckets)) return 0;
  return buckets.bucket_counts(static_cast<int>(index - Lower(buckets)));
}

// Indices [lower, upper), of which the outermost are of populated buckets. If none is, empty.
struct Extent {
  int64_t lower = std::numeric_limits<int64_t>::max();
  int64_t upper = std::numeric_limits<int64_t>::min();
  bool empty() const { return lower >= upper; }
};

void Widen(const Buckets& buckets, Extent* extent) {
  for (int i = 0; i < buckets.bucket_counts_size(); ++i) {
    if (buckets.bucket_counts(i) == 0) continue;
    extent->lower = std::min(extent->lower, Lower(buckets) + i);
    extent->upper = std::max(extent->upper, Lower(buckets) + i + 1);
  }
}

Extent PopulatedExtent(const Buckets& a, const Buckets& b) {
  Extent extent;
  Widen(a, &extent);
  Widen(b, &extent);
  return extent;
}

// Makes one bucket of each two whose index differs in the last bit only.
void MergePairs(Buckets* buckets) {
  const auto index_of = [](int64_t index) { return index >> 1; };
  const int64_t lower = Lower(*buckets);
  const int64_t first = index_of(lower);
  std::vector<uint64_t> merged;
  for (int64_t index = lower; index < Upper(*buckets); ++index) {
    merged.resize(static_cast<size_t>(index_of(index) - first + 1));
    merged.back() += CountAt(*buckets, index);
  }
  buckets->set_offset(static_cast<int32_t>(first));
  buckets->mutable_bucket_counts()->Assign(merged.begin(), merged.end());
}

void CoarsenBy(int64_t scales, Point* point) {
  for (int64_t i = 0; i < std::min(scales, kMostMerges); ++i) {
    MergePairs(point->mutable_positive());
    MergePairs(point->mutable_negative());
  }
  point->set_scale(static_cast<int32_t>(point->scale() - scales));
}

// By how many scales both must become coarser.
int64_t ScalesTooFine(const Buckets& a, const Buckets& b) {
  Extent extent = PopulatedExtent(a, b);
  int64_t scales = 0;
  if (extent.empty()) return scales;
  for (; extent.upper - extent.lower > kMostBuckets; ++scales) {
    extent.lower >>= 1;
    extent.upper = (extent.upper + 1) >> 1;
  }
  return scales;
}

// The bucket that a number lies in.
int64_t IndexOf(double value, int32_t scale) {
  int exponent = 0;
  if (std::frexp(value, &exponent) == 0.5) {
    const int64_t power = exponent - 1;
    // Of a coarser scale, the bucket that ends at this power of two or behind it.
    return scale >= 0 ? (power << std::min(scale, 40)) - 1 : -(-power >> std::min(-scale, 40)) - 1;
  }
  return static_cast<int64_t>(
      std::floor(std::log(value) * std::ldexp(std::numbers::log2e, std::min(scale, 40))));
}

// Moves the buckets up to index `last` into the zero bucket.
void Swallow(int64_t last, Buckets* buckets, Point* point) {
  const int64_t lower = Lower(*buckets);
  const int64_t first_left = std::clamp(last + 1, lower, Upper(*buckets));
  for (int64_t index = lower; index < first_left; ++index) {
    point->set_zero_count(point->zero_count() + CountAt(*buckets, index));
  }
  auto* counts = buckets->mutable_bucket_counts();
  counts->erase(counts->begin(), counts->begin() + static_cast<int>(first_left - lower));
  buckets->set_offset(static_cast<int32_t>(first_left));
}

void WidenZeroBucket(double threshold, Point* point) {
  if (!std::isfinite(threshold) || threshold <= 0) return;
  const int64_t last = IndexOf(threshold, point->scale());
  Swallow(last, point->mutable_positive(), point);
  Swallow(last, point->mutable_negative(), point);
  const double end = std::exp(static_cast<double>(last + 1) *
                              std::ldexp(std::numbers::ln2, std::max(-point->scale(), -40)));
  point->set_zero_threshold(end);
}

void AddBuckets(const Buckets& added, Buckets* state) {
  if (added.bucket_counts_size() == 0) return;
  if (state->bucket_counts_size() == 0) {
    *state = added;
    return;
  }
  const Extent extent = PopulatedExtent(added, *state);
  std::vector<uint64_t> sums;
  for (int64_t index = extent.lower; index < extent.upper; ++index) {
    sums.push_back(CountAt(added, index) + CountAt(*state, index));
  }
  state->set_offset(sums.empty() ? 0 : static_cast<int32_t>(extent.lower));
  state->mutable_bucket_counts()->Assign(sums.begin(), sums.end());
}

}  // namespace

void AddExponential(Point point, Point* state) {
  const int64_t finer = int64_t{state->scale()} - point.scale();
  CoarsenBy(std::max<int64_t>(finer, 0), state);
  CoarsenBy(std::max<int64_t>(-finer, 0), &point);
  const int64_t scales = std::max(ScalesTooFine(state->positive(), point.positive()),
                                  ScalesTooFine(state->negative(), point.negative()));
  CoarsenBy(scales, state);
  CoarsenBy(scales, &point);
  if (state->zero_threshold() < point.zero_threshold()) {
    WidenZeroBucket(point.zero_threshold(), state);
  } else if (point.zero_threshold() < state->zero_threshold()) {
    WidenZeroBucket(state->zero_threshold(), &point);
  }
  AddBuckets(point.positive(), state->mutable_positive());
  AddBuckets(point.negative(), state->mutable_negative());
  state->set_count(state->count() + point.count());
  state->set_zero_count(state->zero_count() + point.zero_count());
  if (state->has_sum() && point.has_sum()) {
    state->set_sum(state->sum() + point.sum());
  } else {
    state->clear_sum();
  }
}

}  // namespace promlite::internal
