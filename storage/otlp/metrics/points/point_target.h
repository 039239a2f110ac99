#ifndef PROMLITE_STORAGE_OTLP_METRICS_POINTS_POINT_TARGET_H_
#define PROMLITE_STORAGE_OTLP_METRICS_POINTS_POINT_TARGET_H_

#include <cstdint>

#include "absl/container/inlined_vector.h"
#include "absl/status/status.h"
#include "otlp_metrics.pb.h"
#include "promlite/parser/text/milliseconds.h"
#include "promlite/storage/metrics/appender.h"
#include "promlite/storage/otlp/metrics/labels/resource_labels.h"
#include "promlite/storage/otlp/metrics/labels/series_labels.h"
#include "promlite/storage/otlp/metrics/metric_family.h"

namespace promlite::internal {

// Where the points of one metric go.
struct PointTarget {
  Appender* appender = nullptr;
  SeriesLabels* labels = nullptr;
  const ResourceLabels* resource = nullptr;
  const ScopeLabels* scope = nullptr;
  const MetricFamily* family = nullptr;
};

// The streams that the samples of one point go to; most have one.
using PointStreams = absl::InlinedVector<StreamId, 1>;

// The bit of `flags` that says that a point has no value: its series have ended.
inline constexpr uint32_t kNoRecordedValue = 1;

// Nanoseconds as sent to milliseconds, truncated, as the receiver does (beyond 2262 they wrap).
inline int64_t ToMilliseconds(uint64_t time_unix_nano) {
  return TruncatedMilliseconds(static_cast<int64_t>(time_unix_nano));
}

// The value, or the staleness marker in its stead.
void AppendValue(Appender* appender, StreamId stream, int64_t timestamp_ms, double value,
                 bool is_stale);

// Exemplars are not kept, but one without a value makes the receiver refuse the request.
using Exemplars = google::protobuf::RepeatedPtrField<otlp::Exemplar>;
absl::Status CheckExemplars(const Exemplars& exemplars);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_METRICS_POINTS_POINT_TARGET_H_
