#include "promlite/engine/histograms/zero_buckets.h"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace promlite::internal {
namespace {

using Buckets = std::vector<HistogramBucket>;

// Adds what is below the threshold of one side to the zero bucket. Whether the threshold moved.
bool SwallowSide(const Buckets& side, const Buckets* compensation, int32_t schema,
                 double* threshold, KahanSum* zero) {
  for (size_t i = 0; i < side.size(); ++i) {
    if (ExponentialUpperBound(side[i].index - 1, schema) >= *threshold) break;
    zero->Add(side[i].count);
    if (compensation != nullptr) zero->Add((*compensation)[i].count);
    const double upper = ExponentialUpperBound(side[i].index, schema);
    if (upper <= *threshold) continue;
    if (side[i].count == 0) break;
    *threshold = upper;
    return true;
  }
  return false;
}

void DropBelow(double threshold, int32_t schema, Buckets* side, Buckets* compensation) {
  Buckets kept, kept_compensation;
  for (size_t i = 0; i < side->size(); ++i) {
    const bool inside = ExponentialUpperBound((*side)[i].index - 1, schema) < threshold;
    const bool empty =
        (*side)[i].count == 0 && (compensation == nullptr || (*compensation)[i].count == 0);
    if (inside || empty) continue;
    kept.push_back((*side)[i]);
    if (compensation != nullptr) kept_compensation.push_back((*compensation)[i]);
  }
  *side = std::move(kept);
  if (compensation != nullptr) *compensation = std::move(kept_compensation);
}

// What the zero bucket would hold if it reached to `threshold`, which moves to the end of a
// populated bucket that it falls into.
KahanSum CountWidened(const Histogram& sum, const Histogram* compensation, double* threshold) {
  KahanSum zero;
  // The compensation goes on from pass to pass, as it does in Prometheus.
  zero.compensation = compensation != nullptr ? compensation->zero_count : 0;
  for (bool moved = true; moved;) {
    zero.sum = sum.zero_count;
    (void)SwallowSide(sum.positive, compensation ? &compensation->positive : nullptr, sum.schema,
                      threshold, &zero);
    moved = SwallowSide(sum.negative, compensation ? &compensation->negative : nullptr, sum.schema,
                        threshold, &zero);
  }
  return zero;
}

void WidenZeroBucket(double threshold, Histogram* sum, Histogram* compensation) {
  const KahanSum zero = CountWidened(*sum, compensation, &threshold);
  sum->zero_count = zero.sum;
  sum->zero_threshold = threshold;
  if (compensation != nullptr) compensation->zero_count = zero.compensation;
  DropBelow(threshold, sum->schema, &sum->positive,
            compensation ? &compensation->positive : nullptr);
  DropBelow(threshold, sum->schema, &sum->negative,
            compensation ? &compensation->negative : nullptr);
}

}  // namespace

KahanSum ReconcileZeroBuckets(const Histogram& other, Histogram* sum, Histogram* compensation) {
  KahanSum zero{other.zero_count, 0};
  double threshold = other.zero_threshold;
  while (threshold != sum->zero_threshold) {
    if (sum->zero_threshold > threshold) {
      threshold = sum->zero_threshold;
      zero = CountWidened(other, nullptr, &threshold);
    }
    if (threshold > sum->zero_threshold) WidenZeroBucket(threshold, sum, compensation);
  }
  return zero;
}

}  // namespace promlite::internal
