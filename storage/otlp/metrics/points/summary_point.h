#ifndef PROMLITE_STORAGE_OTLP_METRICS_POINTS_SUMMARY_POINT_H_
#define PROMLITE_STORAGE_OTLP_METRICS_POINTS_SUMMARY_POINT_H_

#include "absl/status/status.h"
#include "otlp_metrics.pb.h"
#include "promlite/storage/otlp/metrics/points/point_target.h"

namespace promlite::internal {

// Stores one point of a summary: `_sum`, `_count`, and a series for each quantile.
absl::Status AddSummaryPoint(const PointTarget& target, const otlp::SummaryDataPoint& point);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_METRICS_POINTS_SUMMARY_POINT_H_
