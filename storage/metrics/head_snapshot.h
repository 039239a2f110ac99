#ifndef PROMLITE_STORAGE_METRICS_HEAD_SNAPSHOT_H_
#define PROMLITE_STORAGE_METRICS_HEAD_SNAPSHOT_H_

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "promlite/storage/metrics/head_data.h"
#include "promlite/storage/metrics/histograms/histogram_reader.h"
#include "promlite/storage/metrics/snapshot.h"
#include "promlite/storage/metrics/streams/second_route.h"
#include "promlite/storage/metrics/streams/stream_reader.h"

namespace promlite::internal {

// One published version of a head: how much of everything there was, and the pages of its streams.
class HeadSnapshot final : public Snapshot {
 public:
  // Ends the version that the writer has been preparing. Writer only.
  HeadSnapshot(std::shared_ptr<HeadData> data, std::shared_ptr<const MetadataMap> metadata);
  ~HeadSnapshot() override;

  uint32_t symbol_count() const override { return symbol_count_; }
  std::string_view Symbol(SymbolId id) const override { return data_->symbols.Text(id); }
  std::optional<SymbolId> FindSymbol(std::string_view text) const override;

  size_t series_count() const override { return series_count_; }
  std::vector<SeriesId> Select(std::span<const Matcher> matchers) const override;
  SymbolPairs SeriesLabels(SeriesId id) const override { return data_->index.SeriesLabels(id); }
  int64_t SeriesMinTime(SeriesId id) const override;
  int64_t SeriesMaxTime(SeriesId id) const override;
  size_t SeriesSampleCount(SeriesId id) const override;

  SamplesView Read(SeriesId id, int64_t min_ms, int64_t max_ms, StartTimes start_times,
                   SampleBuffer* buffer) const override;
  bool HasHistograms(SeriesId id) const override;
  std::vector<HistogramSample> ReadHistograms(SeriesId id, int64_t min_ms,
                                              int64_t max_ms) const override;
  std::vector<StreamSummary> Streams(SeriesId id) const override;
  std::vector<Sample> StreamSamples(SeriesId id, size_t stream) const override;
  void ReadStreams(SeriesId id, int64_t after_ms, int64_t max_ms, SampleBuffer* buffer,
                   absl::FunctionRef<void(const StreamView&)> visit) const override;

  std::optional<int64_t> MinTime() const override { return min_ms_; }
  std::optional<int64_t> MaxTime() const override { return max_ms_; }
  size_t sample_count() const override { return sample_count_; }
  std::vector<std::string_view> LabelNames() const override;
  std::vector<std::string_view> LabelValues(std::string_view name) const override;
  std::optional<MetricMetadata> Metadata(std::string_view metric_family) const override;
  std::vector<MetricFamily> Families() const override;

 private:
  // Calls `visit(record)` for each of the series' streams that has samples.
  template <typename Visit>
  void VisitStreams(SeriesId id, const Visit& visit) const;
  // The series' streams with samples, ordered by start.
  std::vector<const StreamRecord*> SortedStreams(SeriesId id) const;
  // First and last sample of a stream, and how many there are: numbers and histograms.
  struct Extent {
    int64_t first_ms = std::numeric_limits<int64_t>::max();
    int64_t last_ms = std::numeric_limits<int64_t>::min();
    size_t samples = 0;
  };
  Extent ExtentOf(const StreamRecord& record) const;
  // Of a histogram: how many observations it counts.
  double ValueAt(const StreamRecord& stream, int64_t time_ms) const;
  // The native histograms of those of its streams that have any.
  std::vector<HistogramStream> HistogramStreams(SeriesId id) const;
  // Empty for most.
  HistogramRun RunOf(const StreamRecord& record) const {
    return record.histograms.is_none() ? HistogramRun{} : histograms_[record.histograms.number()];
  }
  // The running total of a stream of increments, from min_ms on; the values are the buffer's.
  void CollectTotals(const StreamRecord& record, int64_t min_ms, int64_t max_ms,
                     SampleBuffer* buffer, Pieces* pieces) const;
  // ReadStreams() where a counter may have come by two routes; false, and nothing is visited, if
  // none did.
  bool ReadJoinedStreams(const std::vector<const StreamRecord*>& streams, int64_t after_ms,
                         int64_t max_ms, SampleBuffer* buffer,
                         absl::FunctionRef<void(const StreamView&)> visit) const;
  // All of the stream's numbers that are not NaN.
  StreamNumbers NumbersOf(const StreamRecord& stream, SampleBuffer* buffer) const;
  // The numbers, whatever histograms there are beside them.
  SamplesView ReadNumbers(SeriesId id, int64_t min_ms, int64_t max_ms, StartTimes start_times,
                          SampleBuffer* buffer) const;

  const std::shared_ptr<HeadData> data_;
  const std::shared_ptr<const MetadataMap> metadata_;
  const uint32_t symbol_count_;
  const uint32_t series_count_;
  const size_t sample_count_;
  std::optional<int64_t> min_ms_;
  std::optional<int64_t> max_ms_;
  const StreamArray::View streams_;
  const HistogramRunArray::View histograms_;
  const TimeColumns::View columns_;
  const uint64_t epoch_;
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_METRICS_HEAD_SNAPSHOT_H_
