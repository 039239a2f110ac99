#ifndef PROMLITE_STORAGE_METRICS_HISTOGRAMS_HISTOGRAM_H_
#define PROMLITE_STORAGE_METRICS_HISTOGRAMS_HISTOGRAM_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "promlite/parser/text/export.h"

namespace promlite {

// What is known of whether a counter histogram was reset before this sample.
enum class CounterResetHint : uint8_t { kUnknown, kReset, kNotReset, kGauge };

struct HistogramBucket {
  int32_t index = 0;
  double count = 0;
};

// A native histogram, its counts as floating-point numbers.
//
// Exponential schemas -4...8: bucket i of the positive side holds what is in
// (2^((i-1) * 2^-schema), 2^(i * 2^-schema)], the negative side is its mirror image, and the zero
// bucket is [-zero_threshold, zero_threshold]. Custom buckets (schema -53): bucket i ends at
// custom_bounds[i], inclusive, the one behind the last bound at +Inf; there is no zero bucket and
// no negative side.
struct PROMLITE_EXPORT Histogram {
  static constexpr int32_t kCustomBucketsSchema = -53;
  static constexpr int32_t kMinSchema = -4;
  static constexpr int32_t kMaxSchema = 8;

  CounterResetHint hint = CounterResetHint::kUnknown;
  int32_t schema = 0;
  double zero_threshold = 0;
  double zero_count = 0;
  double count = 0;
  double sum = 0;
  // Ascending by index, no index twice. Buckets may be empty.
  std::vector<HistogramBucket> positive, negative;
  // Upper bounds, strictly ascending and finite.
  std::vector<double> custom_bounds;

  bool UsesCustomBuckets() const { return schema == kCustomBucketsSchema; }
  // A staleness marker of a series of histograms: its sum has the marker's bits.
  bool IsStalenessMarker() const;
};

// A histogram at a time: milliseconds since the Unix epoch. Histograms are large, and shared.
struct HistogramPoint {
  int64_t timestamp_ms = 0;
  std::shared_ptr<const Histogram> histogram;
};

// The upper bound of a bucket of the positive side. Of an exponential schema: as Prometheus
// calculates it, from its table of the powers of 2^(1/256).
PROMLITE_EXPORT double BucketUpperBound(const Histogram& histogram, int32_t index);
PROMLITE_EXPORT double ExponentialUpperBound(int64_t index, int32_t schema);

// Where bucket `index` of a schema lies in a coarser one.
inline int32_t IndexInSchema(int32_t index, int32_t schema, int32_t coarser) {
  return static_cast<int32_t>(((int64_t{index} - 1) >> (schema - coarser)) + 1);
}

// Merges buckets so that they are those of `schema`. REQUIRES: an exponential schema, no finer than
// the histogram's.
PROMLITE_EXPORT void ReduceResolution(int32_t schema, Histogram* histogram);

// Drops empty buckets.
PROMLITE_EXPORT void RemoveEmptyBuckets(Histogram* histogram);

// Equal to the bit: counts, sum, bounds, populated buckets. Hints do not count, nor do empty
// buckets: Prometheus looks at those too, but hands all histograms of a chunk out with the same
// ones.
PROMLITE_EXPORT bool SameHistogram(const Histogram& a, const Histogram& b);

// Whether a counter was reset between two of its samples: a hint says so, or a count or a bucket
// fell, or the layout changed in a way that only a restart explains.
PROMLITE_EXPORT bool DetectReset(const Histogram& current, const Histogram& previous);

// The zero bucket of `histogram` if it reached up to `threshold` at least: buckets inside are added
// to it; a populated bucket that the threshold falls into is added as a whole.
// REQUIRES: threshold >= histogram.zero_threshold.
struct ZeroBucket {
  double count = 0;
  double threshold = 0;
};
PROMLITE_EXPORT ZeroBucket WidenedZeroBucket(const Histogram& histogram, double threshold);

// What a histogram costs as Prometheus counts samples: a sixteenth of its bytes there.
PROMLITE_EXPORT int64_t SizeInSamples(const Histogram& histogram);

}  // namespace promlite

#endif  // PROMLITE_STORAGE_METRICS_HISTOGRAMS_HISTOGRAM_H_
