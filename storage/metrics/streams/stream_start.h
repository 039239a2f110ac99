#ifndef PROMLITE_STORAGE_METRICS_STREAMS_STREAM_START_H_
#define PROMLITE_STORAGE_METRICS_STREAMS_STREAM_START_H_

#include <cstdint>

#include "promlite/parser/text/milliseconds.h"

namespace promlite::internal {

// Whether a stream counts from zero: its start timestamp (nanoseconds, 0 = unknown) lies before its
// first sample. One at or behind it cannot be its own.
inline bool StreamStartIsKnown(int64_t start_ns, int64_t first_ms) {
  return start_ns != 0 && FloorMilliseconds(start_ns) < first_ms;
}

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_METRICS_STREAMS_STREAM_START_H_
