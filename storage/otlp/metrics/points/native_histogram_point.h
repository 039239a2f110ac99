#ifndef PROMLITE_STORAGE_OTLP_METRICS_POINTS_NATIVE_HISTOGRAM_POINT_H_
#define PROMLITE_STORAGE_OTLP_METRICS_POINTS_NATIVE_HISTOGRAM_POINT_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "otlp_metrics.pb.h"
#include "promlite/storage/metrics/histograms/histogram_check.h"
#include "promlite/storage/otlp/metrics/points/point_target.h"

namespace promlite::internal {

// Points that become native histograms. A point without a value becomes a staleness marker; a delta
// that is kept as it was sent says that it is a gauge (there being no better word); one that makes
// a running total is added to those of its series that came before. InvalidArgument, in the
// receiver's words, for what it does not take.

// Scales above 8 are merged down to it, those below -4 refused. The zero bucket is always 1e-128
// wide, whatever the point says.
absl::Status AddExponentialHistogramPoint(const PointTarget& target,
                                          const otlp::ExponentialHistogramDataPoint& point);

// A point of an explicit-bucket histogram as one with custom buckets.
absl::Status AddCustomBucketsPoint(const PointTarget& target,
                                   const otlp::HistogramDataPoint& point);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_METRICS_POINTS_NATIVE_HISTOGRAM_POINT_H_
