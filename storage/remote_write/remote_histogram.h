#ifndef PROMLITE_STORAGE_REMOTE_WRITE_REMOTE_HISTOGRAM_H_
#define PROMLITE_STORAGE_REMOTE_WRITE_REMOTE_HISTOGRAM_H_

#include <cstdint>
#include <string_view>

#include "absl/status/statusor.h"
#include "promlite/storage/metrics/histograms/histogram.h"

namespace promlite::internal {

struct RemoteHistogram {
  int64_t timestamp_ms = 0;
  int64_t start_ms = 0;  // version 2.0's; 0 = not known
  Histogram histogram;
};

// Reads remote write's message of a native histogram:
//
//   Histogram   1 count_int or 2 count_float (the kind of all counts)  3 sum  4 schema (sint32)
//               5 zero_threshold  6 zero_count_int or 7 zero_count_float
//               8 negative_spans*  9 negative_deltas* (sint64)  10 negative_counts* (double)
//               11, 12, 13 the same of the positive side
//               14 reset_hint (unknown, yes, no, gauge)  15 timestamp (int64, milliseconds)
//               16 custom_values* (double)  17 start_timestamp (int64, milliseconds; 2.0 only)
//   BucketSpan  1 offset (sint32)  2 length (uint32)
//
// Schemas 9 to 52 are reduced to 8. InvalidArgument, in Prometheus' words, for what its receiver
// refuses.
absl::StatusOr<RemoteHistogram> ReadRemoteHistogram(std::string_view message);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_REMOTE_WRITE_REMOTE_HISTOGRAM_H_
