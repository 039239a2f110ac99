#ifndef PROMLITE_STORAGE_OTLP_WIRE_METRIC_HEADER_H_
#define PROMLITE_STORAGE_OTLP_WIRE_METRIC_HEADER_H_

#include <string_view>

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

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_WIRE_METRIC_HEADER_H_
