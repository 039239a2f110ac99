#ifndef PROMLITE_STORAGE_METRICS_HISTOGRAMS_STORED_HISTOGRAM_H_
#define PROMLITE_STORAGE_METRICS_HISTOGRAMS_STORED_HISTOGRAM_H_

#include <cstddef>
#include <cstdint>

#include "promlite/storage/machine/versioned_memory.h"
#include "promlite/storage/metrics/histograms/histogram.h"

namespace promlite::internal {

// A native histogram as the head keeps it. Immutable; one block of memory:
//
//  +-----------------+---------------------+---------------------+---------------+
//  | StoredHistogram | counts: doubles,    | custom bounds:      | bucket        |
//  |                 | positive, negative  | doubles             | indices: int32|
//  +-----------------+---------------------+---------------------+---------------+
struct StoredHistogram {
  double count;
  double sum;
  double zero_threshold;
  double zero_count;
  int32_t schema;
  CounterResetHint hint;
  uint32_t positive_count;
  uint32_t negative_count;
  uint32_t bound_count;

  size_t buckets() const { return size_t{positive_count} + negative_count; }
  const double* counts() const { return reinterpret_cast<const double*>(this + 1); }
  const double* bounds() const { return counts() + buckets(); }
  const int32_t* indices() const {
    return reinterpret_cast<const int32_t*>(bounds() + bound_count);
  }
  size_t bytes() const {
    return sizeof(*this) + (buckets() + bound_count) * sizeof(double) + buckets() * sizeof(int32_t);
  }
};

// Of a staleness marker only the marker is kept.
StoredHistogram* StoreHistogram(const Histogram& histogram, VersionedMemory* memory);
Histogram LoadHistogram(const StoredHistogram& stored);

// An order of all histograms: by the bits of the count, then of the sum, then of all the rest.
// Which of two at one time stays must not depend on which came first.
bool HasLargerBits(const StoredHistogram& a, const StoredHistogram& b);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_METRICS_HISTOGRAMS_STORED_HISTOGRAM_H_
