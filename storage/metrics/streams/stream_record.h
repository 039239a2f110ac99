#ifndef PROMLITE_STORAGE_METRICS_STREAMS_STREAM_RECORD_H_
#define PROMLITE_STORAGE_METRICS_STREAMS_STREAM_RECORD_H_

#include <cstdint>

#include "promlite/storage/machine/ids.h"
#include "promlite/storage/machine/versioned_array.h"
#include "promlite/storage/metrics/stream_temporality.h"
#include "promlite/storage/metrics/streams/chunk.h"
#include "promlite/storage/metrics/streams/time_column.h"

namespace promlite::internal {

// A run of samples that is still growing: plain values, and where in which column their times are.
struct OpenChunk {
  double* values = nullptr;  // null if length is 0
  ColumnId column;           // none if nothing is known about where the next sample goes
  uint32_t offset = 0;       // the first sample's time; the next one's if length is 0
  uint32_t length = 0;
  bool has_markers = false;

  uint32_t end() const { return offset + length; }
};

// All numbers of one stream: pieces that do not overlap in time.
//
//   sealed: [chunk][chunk]   [chunk][chunk][chunk] ...      [chunk]   open: [...
//                         late: [...
//
// The sealed chunks ascend; `open` comes after everything else; `late`, where samples that arrive
// out of order go, lies in a gap. One value a time: of several the largest bits.
struct StreamRecord {
  int64_t start_ns = 0;  // of a stream that collects increments: its first one's
  int64_t first_ms = 0;  // first_ms and last_ms: of numbers, REQUIRES some
  int64_t last_ms = 0;
  uint64_t sample_count = 0;  // of numbers
  Chunk** sealed = nullptr;
  uint32_t sealed_count = 0;
  LabelSetId label_set;
  StreamId next_stream;       // of the same series
  HistogramRunId histograms;  // the run of its native histograms, if it has any
  StreamTemporality temporality = StreamTemporality::kCumulative;
  // Whether a sample followed the start within one and the same millisecond.
  bool starts_within_millisecond = false;
  OpenChunk open;
  OpenChunk late;
};

using StreamArray = VersionedArray<StreamRecord>;

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_METRICS_STREAMS_STREAM_RECORD_H_
