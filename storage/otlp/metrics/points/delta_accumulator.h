#ifndef PROMLITE_STORAGE_OTLP_METRICS_POINTS_DELTA_ACCUMULATOR_H_
#define PROMLITE_STORAGE_OTLP_METRICS_POINTS_DELTA_ACCUMULATOR_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "otlp_metrics.pb.h"
#include "promlite/storage/machine/ids.h"

namespace promlite::internal {

// Adds sums and histograms of delta temporality up to cumulative ones, as the OpenTelemetry
// Collector's deltatocumulative processor does in its default settings: a point that starts before
// its stream, or is not newer than what has been added, is dropped; a histogram whose bounds change
// starts anew.
//
// It remembers each stream for good (the processor forgets one that has been silent for five
// minutes of wall-clock time, which a capture has not), since a stream that is forgotten would
// count from zero again. So there is a limit, as the processor's max_streams is one: beyond it no
// stream begins, and those that have begun go on.
class DeltaAccumulator {
 public:
  explicit DeltaAccumulator(size_t most_streams) : most_streams_(most_streams) {}

  // Data points that were dropped, which the processor does without a word: the caller is to say
  // so.
  struct Dropped {
    size_t late = 0;          // not newer than what has been added, or begun before its stream
    size_t beyond_limit = 0;  // of streams beyond the limit
  };
  // Adds up all of a request's deltas, which go on saying that they are deltas; metrics of which no
  // point remains go.
  Dropped Accumulate(otlp::ExportMetricsServiceRequest* request);

 private:
  // A hash over resource, scope, metric and attributes: of n streams two share theirs with a chance
  // of n^2 / 2^129, and the bytes themselves would be most of what a stream costs.
  using StreamKey = std::pair<uint64_t, uint64_t>;
  template <typename Point>
  using Streams = absl::flat_hash_map<StreamKey, Point>;

  static StreamKey KeyOf(const std::string& bytes);

  // Both return false if no point remains.
  bool AccumulateMetric(const std::string& scope_key, otlp::Metric* metric, Dropped* dropped);
  template <typename Data, typename Point>
  bool AccumulateData(const std::string& metric_key, Streams<Point>* streams, Data* data,
                      Dropped* dropped);
  // What has been added up of a stream, a new one's nothing; null if that is beyond the limit.
  template <typename Point>
  Point* FindOrAddStream(const StreamKey& key, Streams<Point>* streams);

  const size_t most_streams_;
  Streams<otlp::NumberDataPoint> numbers_;
  Streams<otlp::HistogramDataPoint> histograms_;
  Streams<otlp::ExponentialHistogramDataPoint> exponential_histograms_;
};

// Deltas that become native histograms, added up in the same way, but by series: all writers of one
// make one sum.
class NativeDeltaSums {
 public:
  explicit NativeDeltaSums(size_t most_series) : most_series_(most_series) {}

  enum class Outcome {
    kAdded,
    kBeganAnew,    // its bounds are others than before: what had been added up is left behind
    kNotNewer,     // than what has been added up: it is to be dropped
    kBeyondLimit,  // of series: it is to be dropped
  };
  // Makes the point cumulative.
  Outcome Add(StreamId series, otlp::HistogramDataPoint* point);
  Outcome Add(StreamId series, otlp::ExponentialHistogramDataPoint* point);

 private:
  template <typename Point>
  Outcome AddTo(absl::flat_hash_map<StreamId, Point>* sums, StreamId series, Point* point);

  const size_t most_series_;
  absl::flat_hash_map<StreamId, otlp::HistogramDataPoint> histograms_;
  absl::flat_hash_map<StreamId, otlp::ExponentialHistogramDataPoint> exponential_histograms_;
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_METRICS_POINTS_DELTA_ACCUMULATOR_H_
