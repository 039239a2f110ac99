#include "promlite/engine/histograms/arithmetic.h"

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "promlite/engine/histograms/custom_bounds.h"
#include "promlite/engine/histograms/zero_buckets.h"
#include "promlite/engine/kernels/kahan_sum.h"

namespace promlite {
namespace {

using internal::CommonBounds;
using internal::IndexInBounds;
using internal::KahanSum;
using internal::ReconcileZeroBuckets;

using Buckets = std::vector<HistogramBucket>;

// sum += sign * other, bucket by bucket, for buckets beyond the zero bucket.
void MergeSide(const Buckets& other, double sign, double zero_threshold, int32_t schema,
               Buckets* sum) {
  Buckets merged;
  merged.reserve(sum->size() + other.size());
  auto mine = sum->begin();
  bool in_zero_bucket = schema != Histogram::kCustomBucketsSchema;
  for (const HistogramBucket& bucket : other) {
    in_zero_bucket =
        in_zero_bucket && ExponentialUpperBound(bucket.index, schema) <= zero_threshold;
    if (in_zero_bucket) continue;
    while (mine != sum->end() && mine->index < bucket.index) merged.push_back(*mine++);
    HistogramBucket added{bucket.index, sign * bucket.count};
    if (mine != sum->end() && mine->index == bucket.index) added.count += (mine++)->count;
    merged.push_back(added);
  }
  merged.insert(merged.end(), mine, sum->end());
  *sum = std::move(merged);
}

// Sums that differ in their bounds are put together anew, compensated, between common bounds.
void MergeCustom(const Histogram& other, double sign, Histogram* sum) {
  const std::vector<double> common = CommonBounds(sum->custom_bounds, other.custom_bounds);
  std::map<int32_t, KahanSum> buckets;
  for (const HistogramBucket& bucket : sum->positive) {
    buckets[IndexInBounds(bucket.index, sum->custom_bounds, common)].Add(bucket.count);
  }
  for (const HistogramBucket& bucket : other.positive) {
    buckets[IndexInBounds(bucket.index, other.custom_bounds, common)].Add(sign * bucket.count);
  }
  sum->positive.clear();
  for (const auto& [index, value] : buckets) {
    if (value.sum != 0 || value.compensation != 0) sum->positive.push_back({index, value.sum});
  }
  sum->custom_bounds = common;
}

HistogramMerge Merge(const Histogram& other, double sign, Histogram* sum) {
  HistogramMerge outcome;
  outcome.compatible = sum->UsesCustomBuckets() == other.UsesCustomBuckets();
  if (!outcome.compatible) return outcome;
  sum->hint = MergeHints(sum->hint, other.hint, &outcome.hints_collided);
  if (sum->UsesCustomBuckets()) {
    sum->count += sign * other.count;
    sum->sum += sign * other.sum;
    outcome.bounds_reconciled = sum->custom_bounds != other.custom_bounds;
    if (outcome.bounds_reconciled) {
      MergeCustom(other, sign, sum);
    } else {
      MergeSide(other.positive, sign, 0, sum->schema, &sum->positive);
    }
    return outcome;
  }
  sum->zero_count += sign * ReconcileZeroBuckets(other, sum, nullptr).sum;
  sum->count += sign * other.count;
  sum->sum += sign * other.sum;
  Histogram coarser;
  const Histogram* addend = &other;
  if (other.schema > sum->schema) {
    coarser = other;
    ReduceResolution(sum->schema, &coarser);
    addend = &coarser;
  }
  ReduceResolution(other.schema, sum);
  MergeSide(addend->positive, sign, sum->zero_threshold, sum->schema, &sum->positive);
  MergeSide(addend->negative, sign, sum->zero_threshold, sum->schema, &sum->negative);
  return outcome;
}

template <typename Change>
void ChangeCounts(Histogram* histogram, Change change) {
  if (!histogram->UsesCustomBuckets()) change(&histogram->zero_count);
  change(&histogram->count);
  change(&histogram->sum);
  for (HistogramBucket& bucket : histogram->positive) change(&bucket.count);
  for (HistogramBucket& bucket : histogram->negative) change(&bucket.count);
}

}  // namespace

CounterResetHint MergeHints(CounterResetHint a, CounterResetHint b, bool* collided) {
  if (a == b) return a;
  for (const CounterResetHint stronger : {CounterResetHint::kGauge, CounterResetHint::kUnknown}) {
    if (a == stronger || b == stronger) return stronger;
  }
  *collided = true;
  return CounterResetHint::kUnknown;
}

HistogramMerge AddHistogram(const Histogram& other, Histogram* sum) { return Merge(other, 1, sum); }

HistogramMerge SubtractHistogram(const Histogram& other, Histogram* sum) {
  return Merge(other, -1, sum);
}

void MultiplyHistogram(double factor, Histogram* histogram) {
  ChangeCounts(histogram, [factor](double* count) { *count *= factor; });
  if (factor < 0) histogram->hint = CounterResetHint::kGauge;
}

void DivideHistogram(double divisor, Histogram* histogram) {
  ChangeCounts(histogram, [divisor](double* count) { *count /= divisor; });
  if (divisor < 0) histogram->hint = CounterResetHint::kGauge;
  if (divisor != 0) return;
  histogram->positive.clear();
  histogram->negative.clear();
}

}  // namespace promlite
