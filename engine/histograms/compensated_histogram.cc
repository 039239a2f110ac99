#include "promlite/engine/histograms/compensated_histogram.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "promlite/engine/histograms/custom_bounds.h"
#include "promlite/engine/histograms/zero_buckets.h"
#include "promlite/engine/kernels/kahan_sum.h"

namespace promlite::internal {
namespace {

using Buckets = std::vector<HistogramBucket>;

// The counts of one place in a sum and in its compensation, as one value.
void AddTo(double x, double* sum, double* compensation) {
  KahanSum value{*sum, *compensation};
  value.Add(x);
  *sum = value.sum;
  *compensation = value.compensation;
}

// Buckets with their compensation, put together by index.
using Places = std::map<int32_t, KahanSum>;

void TakeApart(const Places& places, Buckets* sums, Buckets* compensations) {
  sums->clear();
  compensations->clear();
  for (const auto& [index, value] : places) {
    sums->push_back({index, value.sum});
    compensations->push_back({index, value.compensation});
  }
}

// One side of the sum in a coarser schema. Where several buckets fall into one, the later ones and
// their compensations are added to the first.
Places CoarserPlaces(const Buckets& sums, const Buckets& compensations, int32_t schema,
                     int32_t coarser) {
  Places places;
  for (size_t i = 0; i < sums.size(); ++i) {
    const int32_t index = IndexInSchema(sums[i].index, schema, coarser);
    const auto [place, is_new] =
        places.try_emplace(index, KahanSum{sums[i].count, compensations[i].count});
    if (is_new) continue;
    place->second.Add(sums[i].count);
    place->second.Add(compensations[i].count);
  }
  return places;
}

void AddSide(const Places& other, double zero_threshold, int32_t schema, Places* places) {
  bool in_zero_bucket = schema != Histogram::kCustomBucketsSchema;
  for (const auto& [index, value] : other) {
    in_zero_bucket = in_zero_bucket && ExponentialUpperBound(index, schema) <= zero_threshold;
    if (in_zero_bucket) continue;
    const auto [place, is_new] = places->try_emplace(index, value);
    if (is_new) continue;
    place->second.Add(value.sum);
    if (value.compensation != 0) place->second.Add(value.compensation);
  }
}

Places PlacesOf(const Buckets& sums, const Buckets& compensations) {
  Places places;
  for (size_t i = 0; i < sums.size(); ++i) {
    places[sums[i].index] = {sums[i].count, compensations[i].count};
  }
  return places;
}

Places PlacesOf(const Buckets& counts) {
  Places places;
  for (const HistogramBucket& bucket : counts) places[bucket.index] = {bucket.count, 0};
  return places;
}

void AddCustomSide(const Histogram& other, Histogram* sum, Histogram* compensation) {
  const std::vector<double> common = CommonBounds(sum->custom_bounds, other.custom_bounds);
  Places places;
  for (size_t i = 0; i < sum->positive.size(); ++i) {
    KahanSum& place = places[IndexInBounds(sum->positive[i].index, sum->custom_bounds, common)];
    place.Add(sum->positive[i].count);
    place.Add(compensation->positive[i].count);
  }
  for (const HistogramBucket& bucket : other.positive) {
    places[IndexInBounds(bucket.index, other.custom_bounds, common)].Add(bucket.count);
  }
  std::erase_if(places, [](const auto& place) {
    return place.second.sum == 0 && place.second.compensation == 0;
  });
  TakeApart(places, &sum->positive, &compensation->positive);
  sum->custom_bounds = common;
  compensation->custom_bounds = common;
}

void ClearCounts(Histogram* histogram) {
  histogram->zero_count = histogram->count = histogram->sum = 0;
  for (HistogramBucket& bucket : histogram->positive) bucket.count = 0;
  for (HistogramBucket& bucket : histogram->negative) bucket.count = 0;
}

}  // namespace

CompensatedHistogram::CompensatedHistogram(const Histogram& first) : sum_(first) {}

HistogramMerge CompensatedHistogram::Add(const Histogram& other) {
  HistogramMerge outcome;
  outcome.compatible = sum_.UsesCustomBuckets() == other.UsesCustomBuckets();
  if (!outcome.compatible) return outcome;
  sum_.hint = MergeHints(sum_.hint, other.hint, &outcome.hints_collided);
  if (is_single_) {
    is_single_ = false;
    compensation_ = sum_;
    ClearCounts(&compensation_);
  }
  if (!sum_.UsesCustomBuckets()) {
    const KahanSum zero = ReconcileZeroBuckets(other, &sum_, &compensation_);
    AddTo(zero.sum, &sum_.zero_count, &compensation_.zero_count);
    AddTo(zero.compensation, &sum_.zero_count, &compensation_.zero_count);
  }
  AddTo(other.count, &sum_.count, &compensation_.count);
  AddTo(other.sum, &sum_.sum, &compensation_.sum);
  if (sum_.UsesCustomBuckets() && sum_.custom_bounds != other.custom_bounds) {
    outcome.bounds_reconciled = true;
    AddCustomSide(other, &sum_, &compensation_);
    return outcome;
  }
  const int32_t schema = std::min(sum_.schema, other.schema);
  for (Buckets Histogram::* side : {&Histogram::positive, &Histogram::negative}) {
    const Buckets zeros((other.*side).size());
    Places places = sum_.schema > schema
                        ? CoarserPlaces(sum_.*side, compensation_.*side, sum_.schema, schema)
                        : PlacesOf(sum_.*side, compensation_.*side);
    const Places added = other.schema > schema
                             ? CoarserPlaces(other.*side, zeros, other.schema, schema)
                             : PlacesOf(other.*side);
    AddSide(added, sum_.zero_threshold, schema, &places);
    TakeApart(places, &(sum_.*side), &(compensation_.*side));
  }
  sum_.schema = compensation_.schema = schema;
  compensation_.zero_threshold = sum_.zero_threshold;
  return outcome;
}

void CompensatedHistogram::Multiply(double factor) {
  MultiplyHistogram(factor, &sum_);
  if (!is_single_) MultiplyHistogram(factor, &compensation_);
}

void CompensatedHistogram::Divide(double divisor) {
  DivideHistogram(divisor, &sum_);
  if (!is_single_) DivideHistogram(divisor, &compensation_);
}

bool CompensatedHistogram::HasOverflow() const {
  const auto infinite = [](const HistogramBucket& bucket) { return std::isinf(bucket.count); };
  return std::isinf(sum_.zero_count) || std::isinf(sum_.count) || std::isinf(sum_.sum) ||
         std::any_of(sum_.positive.begin(), sum_.positive.end(), infinite) ||
         std::any_of(sum_.negative.begin(), sum_.negative.end(), infinite);
}

Histogram CompensatedHistogram::Total() const {
  Histogram total = sum_;
  if (!is_single_) (void)AddHistogram(compensation_, &total);
  return total;
}

}  // namespace promlite::internal
