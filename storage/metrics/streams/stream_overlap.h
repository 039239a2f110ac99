#ifndef PROMLITE_STORAGE_METRICS_STREAMS_STREAM_OVERLAP_H_
#define PROMLITE_STORAGE_METRICS_STREAMS_STREAM_OVERLAP_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "promlite/storage/metrics/snapshot.h"

namespace promlite::internal {

// A series that several writers wrote at the same time: the spans from first to last sample of two
// or more of its streams (both ends included) have a moment in common. Merged into one series their
// counters interleave, and every formula of Prometheus reads resets into them.
struct StreamOverlap {
  SeriesId series;
  size_t writers = 0;     // the most streams with one moment in common
  int64_t since_ms = 0;   // the first moment that two streams have in common
  size_t collisions = 0;  // samples that merging drops, since another stream's bears their time
};

// The same of one series' streams; `series` and `collisions` are not told. Nothing if no two of
// them have a moment in common.
std::optional<StreamOverlap> FindOverlap(const std::vector<StreamSummary>& streams);

// How many samples the series has when its streams are merged: numbers and histograms. Reads all.
size_t CountMergedSamples(const Snapshot& snapshot, SeriesId id);

// All such series, in label order. Reads the samples of those series, and of no other.
std::vector<StreamOverlap> FindStreamOverlaps(const Snapshot& snapshot);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_METRICS_STREAMS_STREAM_OVERLAP_H_
