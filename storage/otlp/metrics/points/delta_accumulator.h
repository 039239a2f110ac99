#ifndef PROMLITE_STORAGE_OTLP_METRICS_POINTS_DELTA_ACCUMULATOR_H_
#define PROMLITE_STORAGE_OTLP_METRICS_POINTS_DELTA_ACCUMULATOR_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "otlp_metrics.pb.h"

namespace promlite::internal {

// Adds sums and histograms of delta temporality up to cumulative ones, as the OpenTelemetry
// Collector's deltatocumulative processor does in its default settings: a point that starts before
// its stream, or is not newer than what has been added, is dropped without a word; a histogram
// whose bounds change starts anew.
//
// It remembers each stream for good (the processor forgets one that has been silent for five
// minutes of wall-clock time, which a capture has not), since a stream that is forgotten would
// count from zero again. So there is a limit, as the processor's max_streams is one: beyond it no
// stream begins, and those that have begun go on.
class DeltaAccumulator {
 public:
  explicit DeltaAccumulator(size_t most_streams) : most_streams_(most_streams) {}

  // Makes all of a request cumulative; metrics of which no point remains go. Returns how many
  // points were dropped because their stream is beyond the limit: the caller is to say so.
  size_t Accumulate(otlp::ExportMetricsServiceRequest* request);

 private:
  // A hash over resource, scope, metric and attributes: of n streams two share theirs with a chance
  // of n^2 / 2^129, and the bytes themselves would be most of what a stream costs.
  using StreamKey = std::pair<uint64_t, uint64_t>;
  template <typename Point>
  using Streams = absl::flat_hash_map<StreamKey, Point>;

  static StreamKey KeyOf(const std::string& bytes);

  // Each adds to `refused` the points whose stream is beyond the limit. False if no point remains.
  bool AccumulateMetric(const std::string& scope_key, otlp::Metric* metric, size_t* refused);
  template <typename Data, typename Point>
  bool AccumulateData(const std::string& metric_key, Streams<Point>* streams, Data* data,
                      size_t* refused);
  // What has been added up of a stream, a new one's nothing; null if that is beyond the limit.
  template <typename Point>
  Point* FindOrAddStream(const StreamKey& key, Streams<Point>* streams);

  const size_t most_streams_;
  Streams<otlp::NumberDataPoint> numbers_;
  Streams<otlp::HistogramDataPoint> histograms_;
  Streams<otlp::ExponentialHistogramDataPoint> exponential_histograms_;
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_METRICS_POINTS_DELTA_ACCUMULATOR_H_
