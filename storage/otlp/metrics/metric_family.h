#ifndef PROMLITE_STORAGE_OTLP_METRICS_METRIC_FAMILY_H_
#define PROMLITE_STORAGE_OTLP_METRICS_METRIC_FAMILY_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "promlite/storage/database_options.h"
#include "promlite/storage/metrics/snapshot.h"

namespace promlite::internal {

enum class MetricKind { kUnset, kGauge, kSum, kHistogram, kExponentialHistogram, kSummary };

// Values as on the wire; there may be others.
enum Temporality : int { kUnspecified = 0, kDelta = 1, kCumulative = 2 };

// All of a metric but its points.
struct MetricHeader {
  std::string_view name;
  std::string_view description;
  std::string_view unit;
  MetricKind kind = MetricKind::kUnset;
  int temporality = kUnspecified;  // of sums and histograms
  bool is_monotonic = false;       // of sums

  friend bool operator==(const MetricHeader&, const MetricHeader&) = default;
};

// What a metric becomes: the name that its series carry, `_sum`, `_bucket` and so on aside.
struct MetricFamily {
  std::string name;
  MetricMetadata metadata;
  // With type-and-unit-labels: __type__ and __unit__; empty ones take such a label away. For
  // target_info, which has neither type nor unit, __type__ is taken away and __unit__ let be.
  std::string type_label;
  std::string unit_label;
};

// InvalidArgument, in Prometheus' words, for a metric of no kind, a temporality that the options do
// not take, and names of which nothing remains.
absl::StatusOr<MetricFamily> BuildMetricFamily(const MetricHeader& header,
                                               const OtlpOptions& options);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_METRICS_METRIC_FAMILY_H_
