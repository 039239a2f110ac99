#ifndef PROMLITE_STORAGE_METRICS_HISTOGRAMS_HISTOGRAM_CHECK_H_
#define PROMLITE_STORAGE_METRICS_HISTOGRAMS_HISTOGRAM_CHECK_H_

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "promlite/storage/metrics/histograms/histogram.h"

namespace promlite::internal {

struct IntegerBucket {
  int32_t index = 0;
  int64_t count = 0;
};

// A native histogram that counts in integers, as exporters send it. Its parts mean what those of
// Histogram mean.
struct IntegerHistogram {
  CounterResetHint hint = CounterResetHint::kUnknown;
  int32_t schema = 0;
  double zero_threshold = 0;
  uint64_t zero_count = 0;
  uint64_t count = 0;
  double sum = 0;
  std::vector<IntegerBucket> positive, negative;
  std::vector<double> custom_bounds;
};

// InvalidArgument, in Prometheus' words, for a histogram that it would refuse to store: of an
// unknown schema, with custom bounds that do not ascend, are not finite or too few, with a negative
// count, or with parts that its schema does not have. Buckets further from 1 than any number
// (beyond index 2^30) are refused too.
absl::Status CheckHistogram(const Histogram& histogram);

// The same for integers, whose buckets must also add up to the count (to no more than it if the sum
// is NaN, as such observations are in no bucket).
absl::StatusOr<Histogram> CheckedHistogram(const IntegerHistogram& histogram);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_METRICS_HISTOGRAMS_HISTOGRAM_CHECK_H_
