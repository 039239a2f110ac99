#include "promlite/storage/metrics/histograms/histogram.h"

#include <algorithm>
#include <bit>
#include <limits>

#include "promlite/storage/metrics/sample.h"

namespace promlite {
namespace {

using Buckets = std::vector<HistogramBucket>;

void MergeBuckets(int32_t from_schema, int32_t to_schema, Buckets* buckets) {
  size_t merged = 0;
  for (const HistogramBucket bucket : *buckets) {
    const int32_t index = IndexInSchema(bucket.index, from_schema, to_schema);
    if (merged > 0 && (*buckets)[merged - 1].index == index) {
      (*buckets)[merged - 1].count += bucket.count;
    } else {
      (*buckets)[merged++] = {index, bucket.count};
    }
  }
  buckets->resize(merged);
}

void RemoveEmpty(Buckets* buckets) {
  std::erase_if(*buckets, [](const HistogramBucket& bucket) { return bucket.count == 0; });
}

bool SameBits(double a, double b) {
  return std::bit_cast<uint64_t>(a) == std::bit_cast<uint64_t>(b);
}

bool SamePopulatedBuckets(const Buckets& a, const Buckets& b) {
  const auto is_populated = [](const HistogramBucket& bucket) { return bucket.count != 0; };
  auto x = a.begin(), y = b.begin();
  for (;; ++x, ++y) {
    x = std::find_if(x, a.end(), is_populated);
    y = std::find_if(y, b.end(), is_populated);
    if (x == a.end() || y == b.end()) return x == a.end() && y == b.end();
    if (x->index != y->index || !SameBits(x->count, y->count)) return false;
  }
}

// Of the buckets beyond `threshold`: whether any of `previous` is populated and, in `current`,
// missing or smaller. Both in one schema.
bool AnyBucketFell(const Buckets& current, const Buckets& previous, double threshold,
                   int32_t schema) {
  size_t at = 0;
  for (const HistogramBucket& before : previous) {
    const bool exponential = schema != Histogram::kCustomBucketsSchema;
    // Those inside the zero bucket count there.
    if (exponential && threshold > 0 && ExponentialUpperBound(before.index, schema) <= threshold) {
      continue;
    }
    while (at < current.size() && current[at].index < before.index) ++at;
    const bool is_there = at < current.size() && current[at].index == before.index;
    if (is_there ? current[at].count < before.count : before.count != 0) return true;
  }
  return false;
}

// The sum of the custom buckets up to `bound` that have not been summed yet.
double SumUpTo(const Histogram& histogram, double bound, size_t* next) {
  double sum = 0;
  while (*next < histogram.positive.size() &&
         BucketUpperBound(histogram, histogram.positive[*next].index) <= bound) {
    sum += histogram.positive[(*next)++].count;
  }
  return sum;
}

// Custom buckets with other bounds: compared between the bounds that both have.
bool AnyCommonBucketFell(const Histogram& current, const Histogram& previous) {
  size_t current_next = 0, previous_next = 0;
  auto current_bound = current.custom_bounds.begin();
  for (const double bound : previous.custom_bounds) {
    while (current_bound != current.custom_bounds.end() && *current_bound < bound) {
      ++current_bound;
    }
    if (current_bound == current.custom_bounds.end() || *current_bound != bound) continue;
    const double now = SumUpTo(current, bound, &current_next);
    if (now < SumUpTo(previous, bound, &previous_next)) return true;
  }
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  const double now = SumUpTo(current, kInfinity, &current_next);
  return now < SumUpTo(previous, kInfinity, &previous_next);
}

// Adds one side's buckets below the zero bucket's threshold to it. Whether the threshold had to
// move to the end of a populated bucket that it fell into.
bool SwallowBuckets(const Buckets& side, int32_t schema, ZeroBucket* zero) {
  for (const HistogramBucket& bucket : side) {
    if (ExponentialUpperBound(int64_t{bucket.index} - 1, schema) >= zero->threshold) break;
    zero->count += bucket.count;
    const double upper = ExponentialUpperBound(bucket.index, schema);
    if (upper <= zero->threshold) continue;
    if (bucket.count == 0) break;
    zero->threshold = upper;
    return true;
  }
  return false;
}

int64_t RunsOf(const Buckets& buckets) {
  int64_t runs = 0;
  for (size_t i = 0; i < buckets.size(); ++i) {
    if (i == 0 || buckets[i].index != buckets[i - 1].index + 1) ++runs;
  }
  return runs;
}

}  // namespace

bool Histogram::IsStalenessMarker() const { return promlite::IsStalenessMarker(sum); }

void ReduceResolution(int32_t schema, Histogram* histogram) {
  if (schema >= histogram->schema) return;
  MergeBuckets(histogram->schema, schema, &histogram->positive);
  MergeBuckets(histogram->schema, schema, &histogram->negative);
  histogram->schema = schema;
}

void RemoveEmptyBuckets(Histogram* histogram) {
  RemoveEmpty(&histogram->positive);
  RemoveEmpty(&histogram->negative);
}

bool SameHistogram(const Histogram& a, const Histogram& b) {
  return a.schema == b.schema && SameBits(a.count, b.count) && SameBits(a.sum, b.sum) &&
         (!a.UsesCustomBuckets() || a.custom_bounds == b.custom_bounds) &&
         a.zero_threshold == b.zero_threshold && SameBits(a.zero_count, b.zero_count) &&
         SamePopulatedBuckets(a.negative, b.negative) &&
         SamePopulatedBuckets(a.positive, b.positive);
}

ZeroBucket WidenedZeroBucket(const Histogram& histogram, double threshold) {
  ZeroBucket zero{histogram.zero_count, threshold};
  if (threshold == histogram.zero_threshold) return zero;
  for (;;) {
    zero.count = histogram.zero_count;
    (void)SwallowBuckets(histogram.positive, histogram.schema, &zero);
    // Moved by the negative side, the threshold may have reached more of the positive side.
    if (!SwallowBuckets(histogram.negative, histogram.schema, &zero)) return zero;
  }
}

bool DetectReset(const Histogram& current, const Histogram& previous) {
  if (current.hint == CounterResetHint::kReset) return true;
  if (current.hint == CounterResetHint::kNotReset) return false;
  if (current.count < previous.count) return true;
  if (current.UsesCustomBuckets()) {
    if (!previous.UsesCustomBuckets()) return true;
    if (current.custom_bounds != previous.custom_bounds) {
      return AnyCommonBucketFell(current, previous);
    }
  }
  // A finer resolution or a narrower zero bucket only come with a restart.
  if (current.schema > previous.schema) return true;
  if (current.zero_threshold < previous.zero_threshold) return true;
  if (!current.UsesCustomBuckets()) {
    const ZeroBucket zero = WidenedZeroBucket(previous, current.zero_threshold);
    if (zero.threshold != current.zero_threshold || current.zero_count < zero.count) return true;
  }
  Histogram merged;
  const Histogram* before = &previous;
  if (previous.schema != current.schema) {
    merged = previous;
    ReduceResolution(current.schema, &merged);
    before = &merged;
  }
  return AnyBucketFell(current.positive, before->positive, current.zero_threshold,
                       current.schema) ||
         AnyBucketFell(current.negative, before->negative, current.zero_threshold, current.schema);
}

int64_t SizeInSamples(const Histogram& histogram) {
  const auto elements = static_cast<int64_t>(histogram.positive.size() + histogram.negative.size() +
                                             histogram.custom_bounds.size());
  const int64_t spans = RunsOf(histogram.positive) + RunsOf(histogram.negative);
  return (168 + 8 * (elements + spans) + 8) / 16;
}

}  // namespace promlite
