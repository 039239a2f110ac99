#ifndef PROMLITE_STORAGE_OTLP_METRICS_POINTS_EXPONENTIAL_SUM_H_
#define PROMLITE_STORAGE_OTLP_METRICS_POINTS_EXPONENTIAL_SUM_H_

#include "otlp_metrics.pb.h"

namespace promlite::internal {

// Adds a point of an exponential histogram to what has been added up of its stream, as the
// OpenTelemetry Collector's deltatocumulative processor does: in the coarser of both scales, or one
// so much coarser that no side needs more than 160 buckets; with the wider of both zero buckets,
// grown to the end of the bucket that it ends in. A sum stays only where both have one. Time and
// start are the caller's.
void AddExponential(otlp::ExponentialHistogramDataPoint point,
                    otlp::ExponentialHistogramDataPoint* state);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_METRICS_POINTS_EXPONENTIAL_SUM_H_
