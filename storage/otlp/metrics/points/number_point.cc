#include "promlite/storage/otlp/metrics/points/number_point.h"

namespace promlite::internal {

absl::StatusOr<StreamId> AddNumberPoint(const PointTarget& target,
                                        const otlp::NumberDataPoint& point) {
  absl::Status status = target.labels->StartPoint(point.attributes(), *target.resource,
                                                  *target.scope, *target.family);
  if (!status.ok()) return status;
  target.labels->Set(kMetricName, target.family->name);
  const absl::StatusOr<LabelsView> labels = target.labels->Get();
  if (!labels.ok()) return labels.status();

  const StreamId stream =
      target.appender->Stream(*labels, static_cast<int64_t>(point.start_time_unix_nano()));
  const double value = point.value_case() == otlp::NumberDataPoint::kAsInt
                           ? static_cast<double>(point.as_int())
                           : point.as_double();
  AppendValue(target.appender, stream, ToMilliseconds(point.time_unix_nano()), value,
              (point.flags() & kNoRecordedValue) != 0);
  return stream;
}

}  // namespace promlite::internal
