#include "promlite/storage/metrics/head_snapshot.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "promlite/storage/labels/series_selection.h"
#include "promlite/storage/metrics/streams/stream_reader.h"
#include "promlite/storage/metrics/streams/stream_start.h"

namespace promlite::internal {
namespace {

constexpr int64_t kMinTime = std::numeric_limits<int64_t>::min();
constexpr int64_t kMaxTime = std::numeric_limits<int64_t>::max();

// Puts the streams' pieces one stream after the other in time; false if some overlap.
bool OrderStreams(Pieces* pieces) {
  struct Run {
    size_t begin;
    size_t end;
    int64_t first_ms;
    int64_t last_ms;
  };
  std::vector<Run> runs;
  for (size_t i = 0; i < pieces->size(); ++i) {
    const Piece& piece = (*pieces)[i];
    if (i == 0 || (*pieces)[i - 1].stream != piece.stream) {
      runs.push_back({i, i, piece.first_ms(), piece.last_ms()});
    }
    runs.back().end = i + 1;
    runs.back().last_ms = piece.last_ms();
  }
  const auto by_time = [](const Run& a, const Run& b) { return a.first_ms < b.first_ms; };
  std::sort(runs.begin(), runs.end(), by_time);
  for (size_t i = 1; i < runs.size(); ++i) {
    if (runs[i].first_ms <= runs[i - 1].last_ms) return false;
  }
  Pieces ordered;
  for (const Run& run : runs) {
    ordered.insert(ordered.end(), pieces->begin() + static_cast<ptrdiff_t>(run.begin),
                   pieces->begin() + static_cast<ptrdiff_t>(run.end));
  }
  *pieces = std::move(ordered);
  return true;
}

// The last histogram before min_ms, or kMinTime.
int64_t LastTimeBefore(const HistogramRun& run, int64_t min_ms) {
  const HistogramEntry* entry =
      std::lower_bound(run.begin(), run.end(), min_ms,
                       [](const HistogramEntry& e, int64_t time) { return e.time_ms < time; });
  return entry == run.begin() ? kMinTime : entry[-1].time_ms;
}

}  // namespace

HeadSnapshot::HeadSnapshot(std::shared_ptr<HeadData> data,
                           std::shared_ptr<const MetadataMap> metadata)
    : data_(std::move(data)),
      metadata_(std::move(metadata)),
      symbol_count_(data_->symbols.size()),
      series_count_(data_->index.series_count()),
      sample_count_(data_->writer.sample_count() + data_->histogram_writer.sample_count()),
      streams_(data_->streams.view()),
      histograms_(data_->histograms.view()),
      columns_(data_->columns.view()),
      epoch_(data_->memory.PublishAndPin()) {
  if (sample_count_ == 0) return;
  min_ms_ = std::min(data_->writer.min_ms(), data_->histogram_writer.min_ms());
  max_ms_ = std::max(data_->writer.max_ms(), data_->histogram_writer.max_ms());
}

HeadSnapshot::~HeadSnapshot() { data_->memory.Unpin(epoch_); }

std::optional<SymbolId> HeadSnapshot::FindSymbol(std::string_view text) const {
  const auto id = data_->symbols.Find(text);
  return id && id->number() < symbol_count_ ? id : std::nullopt;
}

std::vector<SeriesId> HeadSnapshot::Select(std::span<const Matcher> matchers) const {
  std::vector<SeriesId> selected =
      SelectSeries({data_->symbols, data_->postings, data_->index, series_count_}, matchers);
  const auto order = data_->label_order.Get(series_count_);
  if (selected.size() == series_count_) return order->series;
  PutInOrder(*order, &selected);
  return selected;
}

template <typename Visit>
void HeadSnapshot::VisitStreams(SeriesId id, const Visit& visit) const {
  for (StreamId stream = data_->index.FirstStream(id); !stream.is_none();) {
    const StreamRecord& record = streams_[stream.number()];
    if (record.sample_count > 0 || RunOf(record).count > 0) visit(record);
    stream = record.next_stream;
  }
}

std::vector<const StreamRecord*> HeadSnapshot::SortedStreams(SeriesId id) const {
  std::vector<const StreamRecord*> streams;
  VisitStreams(id, [&](const StreamRecord& record) {
    if (IsCountedByStream(record.temporality)) streams.push_back(&record);
  });
  std::sort(streams.begin(), streams.end(),
            [](const StreamRecord* a, const StreamRecord* b) { return a->start_ns < b->start_ns; });
  return streams;
}

HeadSnapshot::Extent HeadSnapshot::ExtentOf(const StreamRecord& record) const {
  Extent extent;
  if (record.sample_count > 0) extent = {record.first_ms, record.last_ms, record.sample_count};
  const HistogramRun run = RunOf(record);
  if (run.count == 0) return extent;
  return {std::min(extent.first_ms, run.begin()->time_ms),
          std::max(extent.last_ms, run.end()[-1].time_ms), extent.samples + run.count};
}

int64_t HeadSnapshot::SeriesMinTime(SeriesId id) const {
  int64_t min_ms = kMaxTime;
  VisitStreams(id, [&](const StreamRecord& record) {
    min_ms = std::min(min_ms, ExtentOf(record).first_ms);
  });
  return min_ms;
}

int64_t HeadSnapshot::SeriesMaxTime(SeriesId id) const {
  int64_t max_ms = kMinTime;
  VisitStreams(
      id, [&](const StreamRecord& record) { max_ms = std::max(max_ms, ExtentOf(record).last_ms); });
  return max_ms;
}

size_t HeadSnapshot::SeriesSampleCount(SeriesId id) const {
  size_t count = 0;
  VisitStreams(id, [&](const StreamRecord& record) {
    if (IsPartOfSeries(record.temporality)) count += ExtentOf(record).samples;
  });
  return count;
}

void HeadSnapshot::CollectTotals(const StreamRecord& record, int64_t min_ms, int64_t max_ms,
                                 SampleBuffer* buffer, Pieces* pieces) const {
  if (record.sample_count == 0 || record.last_ms < min_ms) return;
  Pieces of_stream;
  CollectPieces(record, columns_, kMinTime, max_ms, &of_stream);
  AddUp(min_ms, &buffer->totals, &of_stream);
  pieces->insert(pieces->end(), of_stream.begin(), of_stream.end());
}

SamplesView HeadSnapshot::ReadNumbers(SeriesId id, int64_t min_ms, int64_t max_ms,
                                      StartTimes start_times, SampleBuffer* buffer) const {
  Pieces pieces;
  size_t streams = 0;
  VisitStreams(id, [&](const StreamRecord& record) {
    if (!IsPartOfSeries(record.temporality)) return;
    const size_t before = pieces.size();
    if (record.temporality == StreamTemporality::kDelta) {
      CollectTotals(record, min_ms, max_ms, buffer, &pieces);
    } else {
      CollectPieces(record, columns_, min_ms, max_ms, &pieces);
    }
    if (pieces.size() > before) ++streams;
  });
  if (streams <= 1 || OrderStreams(&pieces)) return Concatenate(pieces, start_times, buffer);
  return Merge(pieces, start_times, buffer);
}

SamplesView HeadSnapshot::Read(SeriesId id, int64_t min_ms, int64_t max_ms, StartTimes start_times,
                               SampleBuffer* buffer) const {
  if (!HasHistograms(id)) return ReadNumbers(id, min_ms, max_ms, start_times, buffer);
  SamplesView numbers = ReadNumbers(id, min_ms, max_ms, StartTimes::kRead, buffer);
  if (numbers.size > 0) {
    numbers = WithoutHidden(numbers, MergeHistograms(HistogramStreams(id), min_ms, max_ms), buffer);
  }
  if (start_times == StartTimes::kSkip) numbers.start_times = nullptr;
  return numbers;
}

bool HeadSnapshot::HasHistograms(SeriesId id) const {
  bool has_histograms = false;
  VisitStreams(id, [&](const StreamRecord& record) { has_histograms |= RunOf(record).count > 0; });
  return has_histograms;
}

std::vector<HistogramStream> HeadSnapshot::HistogramStreams(SeriesId id) const {
  std::vector<HistogramStream> streams;
  VisitStreams(id, [&](const StreamRecord& record) {
    const HistogramRun run = RunOf(record);
    if (run.count > 0) streams.push_back({record.start_ns, run});
  });
  return streams;
}

std::vector<HistogramSample> HeadSnapshot::ReadHistograms(SeriesId id, int64_t min_ms,
                                                          int64_t max_ms) const {
  const std::vector<HistogramStream> streams = HistogramStreams(id);
  // A hint is of a sample and the one before it.
  int64_t from_ms = kMinTime;
  for (const HistogramStream& stream : streams) {
    from_ms = std::max(from_ms, LastTimeBefore(stream.run, min_ms));
  }
  if (from_ms == kMinTime) from_ms = min_ms;
  const std::vector<MergedHistogram> merged = MergeHistograms(streams, from_ms, max_ms);
  if (merged.empty()) return {};
  SampleBuffer buffer;
  return WithHints(ReadNumbers(id, from_ms, max_ms, StartTimes::kRead, &buffer), merged, min_ms);
}

std::vector<StreamSummary> HeadSnapshot::Streams(SeriesId id) const {
  std::vector<StreamSummary> summaries;
  for (const StreamRecord* stream : SortedStreams(id)) {
    const Extent extent = ExtentOf(*stream);
    summaries.push_back({stream->start_ns, StreamStartIsKnown(*stream, extent.first_ms),
                         HoldsIncrements(stream->temporality), extent.first_ms, extent.last_ms,
                         extent.samples, ValueAt(*stream, extent.first_ms),
                         ValueAt(*stream, extent.last_ms)});
  }
  return summaries;
}

double HeadSnapshot::ValueAt(const StreamRecord& stream, int64_t time_ms) const {
  const HistogramStream histograms{stream.start_ns, RunOf(stream)};
  const auto found = MergeHistograms({&histograms, 1}, time_ms, time_ms);
  if (!found.empty()) return found.front().histogram->count;
  Pieces pieces;
  CollectPieces(stream, columns_, time_ms, time_ms, &pieces);
  double value = 0;
  if (!pieces.empty()) pieces[0].CopyValues(&value);
  return value;
}

std::vector<Sample> HeadSnapshot::StreamSamples(SeriesId id, size_t stream) const {
  const std::vector<const StreamRecord*> streams = SortedStreams(id);
  std::vector<Sample> samples;
  if (stream >= streams.size()) return samples;
  Pieces pieces;
  CollectPieces(*streams[stream], columns_, kMinTime, kMaxTime, &pieces);
  SampleBuffer buffer;
  const SamplesView view = Concatenate(pieces, StartTimes::kSkip, &buffer);
  samples.reserve(view.size);
  for (size_t i = 0; i < view.size; ++i) samples.push_back({view.times[i], view.values[i]});
  return samples;
}

void HeadSnapshot::ReadStreams(SeriesId id, int64_t after_ms, int64_t max_ms, SampleBuffer* buffer,
                               absl::FunctionRef<void(const StreamView&)> visit) const {
  const std::vector<const StreamRecord*> streams = SortedStreams(id);
  if (MayHaveSecondRoute(streams) && ReadJoinedStreams(streams, after_ms, max_ms, buffer, visit)) {
    return;
  }
  for (const StreamRecord* stream : streams) {
    if (stream->sample_count == 0 || stream->last_ms <= after_ms) continue;
    const std::optional<int64_t> first_ms = FirstNumberTime(*stream, columns_);
    if (!first_ms) continue;
    Pieces pieces;
    const int64_t from_ms = LastNumberTime(*stream, columns_, after_ms).value_or(kMinTime);
    CollectPieces(*stream, columns_, from_ms, max_ms, &pieces);
    if (pieces.empty() || pieces.back().last_ms() <= after_ms) continue;
    visit({stream->start_ns, *first_ms, StreamStartIsKnown(*stream, *first_ms), stream->temporality,
           false, Concatenate(pieces, StartTimes::kSkip, buffer)});
  }
}

StreamNumbers HeadSnapshot::NumbersOf(const StreamRecord& stream, SampleBuffer* buffer) const {
  StreamNumbers numbers;
  numbers.record = &stream;
  Pieces pieces;
  CollectPieces(stream, columns_, kMinTime, kMaxTime, &pieces);
  const SamplesView view = Concatenate(pieces, StartTimes::kSkip, buffer);
  for (size_t i = 0; i < view.size; ++i) {
    if (std::isnan(view.values[i])) continue;
    numbers.times.push_back(view.times[i]);
    numbers.values.push_back(view.values[i]);
  }
  return numbers;
}

bool HeadSnapshot::ReadJoinedStreams(const std::vector<const StreamRecord*>& streams,
                                     int64_t after_ms, int64_t max_ms, SampleBuffer* buffer,
                                     absl::FunctionRef<void(const StreamView&)> visit) const {
  std::vector<StreamNumbers> joined;
  for (const StreamRecord* stream : streams) joined.push_back(NumbersOf(*stream, buffer));
  if (!JoinSecondRoute(&joined)) return false;
  for (const StreamNumbers& stream : joined) {
    const auto& times = stream.times;
    const auto after = std::upper_bound(times.begin(), times.end(), after_ms);
    const auto end = std::upper_bound(after, times.end(), max_ms);
    if (after == end) continue;
    const auto begin = after == times.begin() ? after : after - 1;
    SamplesView view;
    view.times = &*begin;
    view.values = stream.values.data() + (begin - times.begin());
    view.size = static_cast<size_t>(end - begin);
    visit({stream.record->start_ns, times.front(),
           StreamStartIsKnown(*stream.record, times.front()), stream.record->temporality,
           stream.has_second_route, view});
  }
  return true;
}

std::vector<std::string_view> HeadSnapshot::LabelNames() const {
  std::vector<std::string_view> names;
  data_->postings.VisitNames(series_count_, [&](SymbolId name) { names.push_back(Symbol(name)); });
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::string_view> HeadSnapshot::LabelValues(std::string_view name) const {
  std::vector<std::string_view> values;
  if (const auto id = FindSymbol(name)) {
    data_->postings.VisitValues(*id, series_count_, [&](SymbolId value, std::span<const SeriesId>) {
      values.push_back(Symbol(value));
    });
  }
  std::sort(values.begin(), values.end());
  return values;
}

std::optional<MetricMetadata> HeadSnapshot::Metadata(std::string_view metric_family) const {
  const auto found = metadata_->find(metric_family);
  return found == metadata_->end() ? std::nullopt : std::optional(found->second);
}

std::vector<MetricFamily> HeadSnapshot::Families() const {
  std::vector<MetricFamily> families;
  families.reserve(metadata_->size());
  for (const auto& [name, metadata] : *metadata_) families.push_back({name, metadata});
  return families;
}

}  // namespace promlite::internal
