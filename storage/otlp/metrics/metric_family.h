#ifndef PROMLITE_STORAGE_OTLP_METRICS_METRIC_FAMILY_H_
#define PROMLITE_STORAGE_OTLP_METRICS_METRIC_FAMILY_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "promlite/storage/metrics/metric_metadata.h"
#include "promlite/storage/metrics/stream_temporality.h"
#include "promlite/storage/otlp/otlp_options.h"
#include "promlite/storage/otlp/wire/metric_header.h"

namespace promlite::internal {

// What a metric becomes: the name that its series carry, `_sum`, `_bucket` and so on aside.
struct MetricFamily {
  std::string name;
  MetricMetadata metadata;
  // With type-and-unit-labels: __type__ and __unit__; empty ones take such a label away. For
  // target_info, which has neither type nor unit, __type__ is taken away and __unit__ let be.
  std::string type_label;
  std::string unit_label;
  StreamTemporality temporality = StreamTemporality::kCumulative;
  uint64_t identity = 0;  // of the metric that was sent
};

// InvalidArgument, in Prometheus' words, for a metric of no kind, a temporality that the options do
// not take, and names of which nothing remains.
absl::StatusOr<MetricFamily> BuildMetricFamily(const MetricHeader& header,
                                               const OtlpOptions& options);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_METRICS_METRIC_FAMILY_H_
