#ifndef PROMLITE_STORAGE_METRICS_HISTOGRAMS_HISTOGRAM_RUN_H_
#define PROMLITE_STORAGE_METRICS_HISTOGRAMS_HISTOGRAM_RUN_H_

#include <cstdint>

#include "promlite/storage/machine/versioned_array.h"
#include "promlite/storage/metrics/histograms/stored_histogram.h"

namespace promlite::internal {

struct HistogramEntry {
  int64_t time_ms;
  StoredHistogram* histogram;
};

// All native histograms of one stream, ascending, one a time. Few streams have any: they lie apart
// from the streams' records, which only tell their number.
struct HistogramRun {
  HistogramEntry* entries = nullptr;
  uint32_t count = 0;

  const HistogramEntry* begin() const { return entries; }
  const HistogramEntry* end() const { return entries + count; }
};

using HistogramRunArray = VersionedArray<HistogramRun>;

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_METRICS_HISTOGRAMS_HISTOGRAM_RUN_H_
