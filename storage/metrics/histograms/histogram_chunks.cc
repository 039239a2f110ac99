#include "promlite/storage/metrics/histograms/histogram_chunks.h"

#include <vector>

namespace promlite::internal {
namespace {

using Buckets = std::vector<HistogramBucket>;

bool IsGauge(const Histogram& histogram) { return histogram.hint == CounterResetHint::kGauge; }

// Whether a bucket holds less than before; one that is missing holds nothing.
bool AnyBucketFell(const Buckets& previous, const Buckets& current) {
  auto now = current.begin();
  for (const HistogramBucket& before : previous) {
    while (now != current.end() && now->index < before.index) ++now;
    const bool is_there = now != current.end() && now->index == before.index;
    if (is_there ? before.count > now->count : before.count != 0) return true;
  }
  return false;
}

}  // namespace

bool ContinuesChunk(const Histogram& previous, const Histogram& current) {
  if (current.IsStalenessMarker()) return true;
  if (previous.IsStalenessMarker() || IsGauge(previous) != IsGauge(current) ||
      current.hint == CounterResetHint::kReset || current.schema != previous.schema ||
      current.zero_threshold != previous.zero_threshold ||
      current.custom_bounds != previous.custom_bounds) {
    return false;
  }
  if (IsGauge(current)) return true;
  return !(current.count < previous.count || current.zero_count < previous.zero_count ||
           AnyBucketFell(previous.positive, current.positive) ||
           AnyBucketFell(previous.negative, current.negative));
}

CounterResetHint HintInChunk(const Histogram& sample, bool continues_chunk) {
  if (sample.IsStalenessMarker()) return CounterResetHint::kUnknown;
  if (IsGauge(sample)) return CounterResetHint::kGauge;
  return continues_chunk ? CounterResetHint::kNotReset : CounterResetHint::kUnknown;
}

}  // namespace promlite::internal
