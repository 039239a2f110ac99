#ifndef PROMLITE_STORAGE_OTLP_METRICS_POINTS_POINT_TARGET_H_
#define PROMLITE_STORAGE_OTLP_METRICS_POINTS_POINT_TARGET_H_

#include <cstdint>
#include <type_traits>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/status/status.h"
#include "otlp_metrics.pb.h"
#include "promlite/parser/text/milliseconds.h"
#include "promlite/storage/metrics/appender.h"
#include "promlite/storage/otlp/metrics/labels/resource_labels.h"
#include "promlite/storage/otlp/metrics/labels/series_labels.h"
#include "promlite/storage/otlp/metrics/metric_family.h"
#include "promlite/storage/otlp/metrics/stream_identity.h"
#include "promlite/storage/otlp/wire/wire_point.h"

namespace promlite::internal {

class NativeDeltaSums;

// Where the points of one metric go.
struct PointTarget {
  Appender* appender = nullptr;
  SeriesLabels* labels = nullptr;
  const ResourceLabels* resource = nullptr;
  const ScopeLabels* scope = nullptr;
  const MetricFamily* family = nullptr;
  std::vector<std::string>* warnings = nullptr;
  NativeDeltaSums* native_sums = nullptr;
};

// The streams that the samples of one point go to; most have one.
using PointStreams = absl::InlinedVector<StreamId, 1>;

// The bit of `flags` that says that a point has no value: its series have ended.
inline constexpr uint32_t kNoRecordedValue = 1;

// Nanoseconds as sent to milliseconds, truncated, as the receiver does (beyond 2262 they wrap).
inline int64_t ToMilliseconds(uint64_t time_unix_nano) {
  return TruncatedMilliseconds(static_cast<int64_t>(time_unix_nano));
}

// When the numbers of a point were taken, and what they are.
struct PointMoment {
  int64_t start_ns = 0;  // as sent; 0 = unknown
  int64_t time_ns = 0;
  bool is_stale = false;  // it has no value: its series have ended
  StreamTemporality temporality = StreamTemporality::kCumulative;
  uint64_t point = 0;  // of increments: see Increment
};
template <typename Point>
  requires(!std::is_base_of_v<WirePoint, Point>)
PointMoment MomentOf(const Point& point, const MetricFamily& family) {
  return {static_cast<int64_t>(point.start_time_unix_nano()),
          static_cast<int64_t>(point.time_unix_nano()), (point.flags() & kNoRecordedValue) != 0,
          family.temporality};
}
inline PointMoment MomentOf(const WirePoint& point, const MetricFamily& family) {
  return {static_cast<int64_t>(point.start_time_unix_nano),
          static_cast<int64_t>(point.time_unix_nano), (point.flags & kNoRecordedValue) != 0,
          family.temporality};
}

// Who sends a point of increments: what OTLP tells its streams apart by.
inline uint64_t WriterOf(const PointTarget& target, const Attributes& attributes) {
  return JoinIdentities({target.resource->identity, target.scope->identity, target.family->identity,
                         IdentityOf(attributes)});
}
// Says which point this is, of increments; `numbers` is of all that it counts.
inline void Identify(uint64_t writer, uint64_t numbers, PointMoment* moment) {
  moment->point = JoinIdentities({writer, static_cast<uint64_t>(moment->start_ns),
                                  static_cast<uint64_t>(moment->time_ns), numbers});
}

// The stream of the labels that a point of this moment goes to.
inline StreamId StreamOf(Appender* appender, LabelsView labels, const PointMoment& moment) {
  return appender->Stream(labels, moment.start_ns, moment.temporality);
}

// The value, or the staleness marker in its stead. An increment that is NaN adds nothing.
void AppendValue(Appender* appender, StreamId stream, const PointMoment& moment, double value);

// Exemplars are not kept, but one without a value makes the receiver refuse the request.
using Exemplars = google::protobuf::RepeatedPtrField<otlp::Exemplar>;
absl::Status CheckExemplars(const Exemplars& exemplars);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_METRICS_POINTS_POINT_TARGET_H_
