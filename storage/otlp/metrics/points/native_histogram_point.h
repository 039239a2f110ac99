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

// Points that become native histograms. A point without a value becomes a staleness marker; one of
// delta temporality says that it is a gauge (there being no better word). InvalidArgument, in the
// receiver's words, for what it does not take. `warnings`: its word on a sum without observations.

// Scales above 8 are merged down to it, those below -4 refused. The zero bucket is always 1e-128
// wide, whatever the point says.
absl::Status AddExponentialHistogramPoint(const PointTarget& target, int temporality,
                                          const otlp::ExponentialHistogramDataPoint& point,
                                          std::vector<std::string>* warnings);

// A point of an explicit-bucket histogram as one with custom buckets.
absl::Status AddCustomBucketsPoint(const PointTarget& target, int temporality,
                                   const otlp::HistogramDataPoint& point,
                                   std::vector<std::string>* warnings);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_METRICS_POINTS_NATIVE_HISTOGRAM_POINT_H_
