#ifndef PROMLITE_STORAGE_REMOTE_WRITE_INGESTER_H_
#define PROMLITE_STORAGE_REMOTE_WRITE_INGESTER_H_

#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "promlite/storage/metrics/appender.h"

namespace promlite::internal {

// The message that a body holds: prometheus.WriteRequest, or io.prometheus.write.v2.Request.
enum class RemoteWriteVersion { kUnknown, k1, k2 };

// By the header Content-Type: `application/x-protobuf`, with a parameter `proto` for 2.0. kUnknown
// if it is empty; InvalidArgument if it is another type.
absl::StatusOr<RemoteWriteVersion> RemoteWriteVersionOfType(std::string_view content_type);

// What uncompressed bytes are by all signs, as nothing else is: whole fields of the message from
// first to last, and a series with a metric name (1.0), or symbols of which the first is empty
// (2.0).
RemoteWriteVersion RemoteWriteVersionOf(std::string_view message);

// Appends a remote-write body of version 1.0 or 2.0, in snappy's block format, in zstd or not
// compressed: whatever its content shows. Of kUnknown version, the same.
//
// 1.0
// - WriteRequest: 1 TimeSeries*, 3 MetricMetadata*
// - TimeSeries: 1 Label*, 2 Sample*, 3 exemplars (ignored), 4 Histogram* (see remote_histogram.h)
// - Label: 1 name, 2 value
// - Sample: 1 value (double), 2 timestamp (int64, milliseconds)
// - MetricMetadata: 1 type (enum), 2 metric_family_name, 4 help, 5 unit
//
// 2.0
// - Request: 4 symbols* (the first is empty), 5 TimeSeries*
// - TimeSeries: 1 labels_refs* (name, value, name, value: numbers of symbols), 2 Sample*,
//   3 Histogram*, 4 exemplars (ignored), 5 Metadata, 6 created_timestamp (int64, milliseconds)
// - Sample: 1 value, 2 timestamp, 3 start_timestamp (int64, milliseconds)
// - Metadata: 1 type, 3 help_ref, 4 unit_ref
// The start of a sample is that of its stream; created_timestamp, of older senders, is that of all.
//
// Each series must have a metric name, and no label name twice or empty; they may stand in any
// order, as for Prometheus' receiver. Values keep their bits, so staleness markers stay what they
// are. On an error the appender must be dropped. Beside the unpacked body itself, takes memory for
// its symbols, the labels of one series, and for one native histogram.
absl::Status IngestRemoteWrite(std::string_view body, RemoteWriteVersion version,
                               Appender* appender);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_REMOTE_WRITE_INGESTER_H_
