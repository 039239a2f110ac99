#include "promlite/storage/otlp/metrics/points/number_point.h"

#include <bit>
#include <cmath>
#include <string>

#include "promlite/parser/text/number_printing.h"

namespace promlite::internal {

absl::StatusOr<StreamId> AddNumberPoint(const PointTarget& target,
                                        const otlp::NumberDataPoint& point) {
  absl::Status status = target.labels->StartPoint(point.attributes(), *target.resource,
                                                  *target.scope, *target.family);
  if (!status.ok()) return status;
  target.labels->Set(kMetricName, target.family->name);
  const absl::StatusOr<LabelsView> labels = target.labels->Get();
  if (!labels.ok()) return labels.status();

  PointMoment moment = MomentOf(point, *target.family);
  const StreamId stream = StreamOf(target.appender, *labels, moment);
  const double value = point.value_case() == otlp::NumberDataPoint::kAsInt
                           ? static_cast<double>(point.as_int())
                           : point.as_double();
  if (std::isnan(value) && CollectsIncrements(moment.temporality) && !moment.is_stale) {
    target.warnings->push_back("deltas of NaN of " + target.family->name + " add nothing");
  }
  if (CollectsIncrements(moment.temporality)) {
    Identify(WriterOf(target, point.attributes()), std::bit_cast<uint64_t>(value), &moment);
  }
  AppendValue(target.appender, stream, moment, value);
  return stream;
}

absl::Status AddSummaryPoint(const PointTarget& target, const otlp::SummaryDataPoint& point) {
  absl::Status status = target.labels->StartPoint(point.attributes(), *target.resource,
                                                  *target.scope, *target.family);
  if (!status.ok()) return status;
  const PointMoment moment = MomentOf(point, *target.family);
  const auto append = [&](const std::string& name, double value) {
    target.labels->Set(kMetricName, name);
    const absl::StatusOr<LabelsView> labels = target.labels->Get();
    if (!labels.ok()) return labels.status();
    AppendValue(target.appender, StreamOf(target.appender, *labels, moment), moment, value);
    return absl::OkStatus();
  };

  status = append(target.family->name + "_sum", point.sum());
  if (!status.ok()) return status;
  status = append(target.family->name + "_count", static_cast<double>(point.count()));
  if (!status.ok()) return status;
  for (const otlp::SummaryDataPoint::ValueAtQuantile& quantile : point.quantile_values()) {
    target.labels->Set("quantile", GoFixed(quantile.quantile()));
    status = append(target.family->name, quantile.value());
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace promlite::internal
