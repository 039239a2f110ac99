#ifndef PROMLITE_STORAGE_REMOTE_WRITE_INGESTER_H_
#define PROMLITE_STORAGE_REMOTE_WRITE_INGESTER_H_

#include <string_view>

#include "absl/status/status.h"
#include "promlite/storage/metrics/appender.h"

namespace promlite::internal {

// Appends a remote-write 1.0 body: a WriteRequest in snappy's block format.
//
// - WriteRequest: 1 TimeSeries*, 3 MetricMetadata* (2.0 has 4 and 5 instead: refused)
// - TimeSeries: 1 Label*, 2 Sample*, 3 exemplars (ignored), 4 Histogram* (see remote_histogram.h)
// - Label: 1 name, 2 value
// - Sample: 1 value (double), 2 timestamp (int64, milliseconds)
// - MetricMetadata: 1 type (enum), 2 metric_family_name, 4 help, 5 unit
//
// Each series must have a metric name, and no label name twice or empty; they may stand in any
// order, as for Prometheus' receiver. Values keep their bits, so staleness markers stay what they
// are. On an error the appender must be dropped. Beside the unpacked body itself, takes memory for
// the labels of one series, and for one native histogram.
absl::Status IngestRemoteWrite(std::string_view body, Appender* appender);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_REMOTE_WRITE_INGESTER_H_
