#ifndef PROMLITE_STORAGE_METRICS_STREAMS_STREAM_START_H_
#define PROMLITE_STORAGE_METRICS_STREAMS_STREAM_START_H_

#include <cstdint>

#include "promlite/parser/text/milliseconds.h"
#include "promlite/storage/metrics/streams/stream_record.h"

namespace promlite::internal {

// Whether a stream counts from zero: its start timestamp (nanoseconds, 0 = unknown) lies before its
// first sample. One at the sample or behind it cannot be its own: OTLP calls such a start unknown.
// Samples are kept to the millisecond: the record remembers what was before within one.
inline bool StreamStartIsKnown(const StreamRecord& stream, int64_t first_ms) {
  const int64_t start_ms = FloorMilliseconds(stream.start_ns);
  return stream.start_ns != 0 &&
         (start_ms < first_ms || (start_ms == first_ms && stream.starts_within_millisecond));
}

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_METRICS_STREAMS_STREAM_START_H_
