#ifndef PROMLITE_STORAGE_OTLP_METRICS_POINTS_DELTA_ACCUMULATOR_H_
#define PROMLITE_STORAGE_OTLP_METRICS_POINTS_DELTA_ACCUMULATOR_H_

#include <string>

#include "absl/container/flat_hash_map.h"
#include "otlp_metrics.pb.h"

namespace promlite::internal {

// Adds sums and histograms of delta temporality up to cumulative ones, as the OpenTelemetry
// Collector's deltatocumulative processor does in its default settings: a point that starts before
// its stream, or is not newer than what has been added, is dropped without a word; a histogram
// whose bounds change starts anew. It remembers each stream for good (the processor forgets one
// that has been silent for five minutes of wall-clock time, which a capture has not).
class DeltaAccumulator {
 public:
  // Makes all of a request cumulative; metrics of which no point remains go.
  void Accumulate(otlp::ExportMetricsServiceRequest* request);

 private:
  bool AccumulateMetric(const std::string& scope_key, otlp::Metric* metric);

  // By resource, scope, metric and attributes.
  absl::flat_hash_map<std::string, otlp::NumberDataPoint> numbers_;
  absl::flat_hash_map<std::string, otlp::HistogramDataPoint> histograms_;
  absl::flat_hash_map<std::string, otlp::ExponentialHistogramDataPoint> exponential_histograms_;
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_METRICS_POINTS_DELTA_ACCUMULATOR_H_
