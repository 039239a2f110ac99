#ifndef PROMLITE_STORAGE_METRICS_SNAPSHOT_H_
#define PROMLITE_STORAGE_METRICS_SNAPSHOT_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "promlite/storage/labels/labels.h"
#include "promlite/storage/labels/matcher.h"
#include "promlite/storage/labels/symbol_table.h"
#include "promlite/storage/machine/ids.h"
#include "promlite/storage/metrics/histograms/histogram.h"
#include "promlite/storage/metrics/metric_metadata.h"
#include "promlite/storage/metrics/sample.h"
#include "promlite/storage/metrics/stream_temporality.h"

namespace promlite::internal {

// A series' numbers of one time range, in time order, strictly ascending: the streams of the series
// merged. `times` and `values` have `size` elements; a staleness marker is a sample whose value has
// the marker's bits. Views into the snapshot or into the SampleBuffer that was handed in: they live
// as long as both, and until the buffer is used again.
struct SamplesView {
  const int64_t* times = nullptr;  // milliseconds
  const double* values = nullptr;
  size_t size = 0;
  // Null unless asked for. Milliseconds; 0 = unknown.
  const int64_t* start_times = nullptr;
  bool has_staleness_markers = false;
  // Two views of one snapshot with the same non-zero column share their clock: times[i] of a view
  // is the column's time at index column_offset + i. What depends on time alone is calculated once
  // a column.
  uint64_t column = 0;
  size_t column_offset = 0;
};

// Scratch memory of one reader, reused from series to series.
struct SampleBuffer {
  std::vector<int64_t> times;
  std::vector<double> values;
  std::vector<int64_t> start_times;
  std::vector<double> totals;
};

// Room for so many elements. Never shrinks: growing again would fill with zeros what is overwritten
// anyway.
template <typename T>
T* Room(std::vector<T>* vector, size_t size) {
  if (vector->size() < size) vector->resize(size);
  return vector->data();
}

// A native histogram of a series. Its hint is the one that Prometheus' storage would deliver: the
// first sample of a chunk says "unknown", those behind it "not reset", gauges "gauge"; chunks are
// cut where Prometheus cuts them (see histogram_chunks.h).
struct HistogramSample {
  int64_t timestamp_ms = 0;
  int64_t start_ms = 0;  // 0 = unknown
  std::shared_ptr<const Histogram> histogram;
};

// What one writer wrote into one series.
struct StreamSummary {
  int64_t start_ns = 0;  // start timestamp as sent, nanoseconds; 0 = unknown
  // Whether the start lies before the first sample, so that the stream counts from zero.
  bool start_is_known = false;
  bool holds_increments = false;  // of delta temporality: each sample counts by itself
  int64_t first_ms = 0;
  int64_t last_ms = 0;
  size_t samples = 0;
  double first_value = 0;  // of a native histogram: how many observations it counts
  double last_value = 0;
};

// The numbers of one stream, before any merging. Views as in SamplesView, without start times.
struct StreamView {
  int64_t start_ns = 0;  // as sent; 0 = unknown
  int64_t first_ms = 0;  // of the stream's first number that is not NaN, which `samples` may lack
  bool start_is_known = false;  // it lies before first_ms
  StreamTemporality temporality = StreamTemporality::kCumulative;
  bool has_second_route = false;  // its samples came without its start, too: see second_route.h
  SamplesView samples;
};

// One consistent moment of a database: everything committed before it was taken, nothing after.
// Immutable; any number of threads may read it while writers go on.
class Snapshot {
 public:
  virtual ~Snapshot() = default;

  // ---- symbols ----
  // Ids of this snapshot are below symbol_count(); all its series' labels are.
  virtual uint32_t symbol_count() const = 0;
  virtual std::string_view Symbol(SymbolId id) const = 0;  // REQUIRES: below symbol_count()
  virtual std::optional<SymbolId> FindSymbol(std::string_view text) const = 0;

  // ---- series ----
  virtual size_t series_count() const = 0;
  // Every series that all the matchers accept, in label order (Prometheus' order of Labels).
  // `matchers` must hold one that does not match the empty string, or the answer is all series.
  virtual std::vector<SeriesId> Select(std::span<const Matcher> matchers) const = 0;
  virtual SymbolPairs SeriesLabels(SeriesId id) const = 0;
  // First and last sample of the series, milliseconds: cheap, to skip series that a query's time
  // range does not touch. May be wider than the truth, never narrower.
  virtual int64_t SeriesMinTime(SeriesId id) const = 0;
  virtual int64_t SeriesMaxTime(SeriesId id) const = 0;
  // The samples of all the series' streams, those included that merging drops: cheap.
  virtual size_t SeriesSampleCount(SeriesId id) const = 0;

  // The numbers with min_ms <= time <= max_ms, those left out which a native histogram hides: at
  // one time the sample with the later start stays, of equal ones the histogram. Increments (of
  // delta temporality) are added up from the first one on: their running total is read.
  enum class StartTimes { kSkip, kRead };
  virtual SamplesView Read(SeriesId id, int64_t min_ms, int64_t max_ms, StartTimes start_times,
                           SampleBuffer* buffer) const = 0;

  // Whether the series has any native histogram: cheap, so that series of numbers pay nothing.
  virtual bool HasHistograms(SeriesId id) const = 0;
  // Its histograms with min_ms <= time <= max_ms in time order, staleness markers among them.
  virtual std::vector<HistogramSample> ReadHistograms(SeriesId id, int64_t min_ms,
                                                      int64_t max_ms) const = 0;

  // The series' streams, ordered by start, then first sample.
  virtual std::vector<StreamSummary> Streams(SeriesId id) const = 0;
  // The numbers of one stream (an index into Streams()), before any merging; duplicates of a time
  // within the stream are already one sample.
  virtual std::vector<Sample> StreamSamples(SeriesId id, size_t stream) const = 0;

  // Calls visit for every stream with a number in (after_ms, max_ms], in the order of Streams();
  // not for streams of nothing but NaN. The view ends at max_ms; it begins with the last number at
  // or before after_ms that is not NaN, or, if there is none, with the stream's first. Valid during
  // the call. A counter that came by two routes, one of which told no start, is one stream.
  virtual void ReadStreams(SeriesId id, int64_t after_ms, int64_t max_ms, SampleBuffer* buffer,
                           absl::FunctionRef<void(const StreamView&)> visit) const = 0;

  // ---- the whole ----
  // First and last sample time of all series, milliseconds; nothing if there is no sample.
  virtual std::optional<int64_t> MinTime() const = 0;
  virtual std::optional<int64_t> MaxTime() const = 0;
  virtual size_t sample_count() const = 0;
  // Sorted. The names of all labels, the values of one label.
  virtual std::vector<std::string_view> LabelNames() const = 0;
  virtual std::vector<std::string_view> LabelValues(std::string_view name) const = 0;
  virtual std::optional<MetricMetadata> Metadata(std::string_view metric_family) const = 0;
  // All families that something was said about, sorted by name.
  virtual std::vector<MetricFamily> Families() const = 0;

  // Owned label strings of a series.
  Labels LabelsOf(SeriesId id) const {
    std::vector<Labels::Label> labels;
    const SymbolPairs pairs = SeriesLabels(id);
    labels.reserve(pairs.size());
    for (const SymbolPair& pair : pairs) labels.emplace_back(Symbol(pair.name), Symbol(pair.value));
    return Labels(std::move(labels));
  }
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_METRICS_SNAPSHOT_H_
