#ifndef PROMLITE_STORAGE_OTLP_METRICS_POINTS_HISTOGRAM_POINT_H_
#define PROMLITE_STORAGE_OTLP_METRICS_POINTS_HISTOGRAM_POINT_H_

#include <cstdint>
#include <optional>
#include <span>

#include "absl/status/statusor.h"
#include "otlp_metrics.pb.h"
#include "promlite/storage/otlp/metrics/points/point_target.h"

namespace promlite::internal {

// The numbers of a point of an explicit-bucket histogram.
struct HistogramNumbers {
  PointMoment moment;
  std::optional<double> sum;
  uint64_t count = 0;
  // Not cumulative; those that have a bound.
  std::span<const uint64_t> bucket_counts;
};

// Of all of them, 64 bits of hash.
uint64_t IdentityOf(const HistogramNumbers& numbers);

// A classic histogram's samples, in this order of streams: `_sum` if there is one, `_count`, a
// `_bucket` for each of the counts, and the one of le="+Inf".
void AppendClassicHistogram(Appender* appender, std::span<const StreamId> streams,
                            const HistogramNumbers& numbers);

// Stores one point as a classic histogram; returns its streams, in the order above.
absl::StatusOr<PointStreams> AddHistogramPoint(const PointTarget& target,
                                               const otlp::HistogramDataPoint& point);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_METRICS_POINTS_HISTOGRAM_POINT_H_
