#ifndef PROMLITE_STORAGE_OTLP_METRICS_POINTS_NUMBER_POINT_H_
#define PROMLITE_STORAGE_OTLP_METRICS_POINTS_NUMBER_POINT_H_

#include "absl/status/statusor.h"
#include "otlp_metrics.pb.h"
#include "promlite/storage/otlp/metrics/points/point_target.h"

namespace promlite::internal {

// Stores one point of a sum or gauge: one sample of one series, whose stream it returns. A point
// without a value is a 0.
absl::StatusOr<StreamId> AddNumberPoint(const PointTarget& target,
                                        const otlp::NumberDataPoint& point);

// Stores one point of a summary: `_sum`, `_count`, and a series for each quantile.
absl::Status AddSummaryPoint(const PointTarget& target, const otlp::SummaryDataPoint& point);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_METRICS_POINTS_NUMBER_POINT_H_
