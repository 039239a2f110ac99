#include "promlite/storage/head_snapshot.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "promlite/storage/series_selection.h"
#include "promlite/storage/stream_reader.h"

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
    if (i == 0 || (*pieces)[i - 1].start_ns != piece.start_ns) {
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

double ValueAt(const StreamRecord& stream, const TimeColumns::View& columns, int64_t time_ms) {
  Pieces pieces;
  CollectPieces(stream, columns, time_ms, time_ms, &pieces);
  double value = 0;
  if (!pieces.empty()) pieces[0].CopyValues(&value);
  return value;
}

}  // namespace

HeadSnapshot::HeadSnapshot(std::shared_ptr<HeadData> data,
                           std::shared_ptr<const MetadataMap> metadata,
                           std::shared_ptr<const HistogramStore> histograms)
    : data_(std::move(data)),
      metadata_(std::move(metadata)),
      histograms_(std::move(histograms)),
      symbol_count_(data_->symbols.size()),
      series_count_(data_->index.series_count()),
      sample_count_(data_->writer.sample_count() + histograms_->size()),
      streams_(data_->streams.view()),
      columns_(data_->columns.view()),
      epoch_(data_->memory.PublishAndPin()) {
  if (sample_count_ == 0) return;
  min_ms_ = data_->writer.min_ms();
  max_ms_ = data_->writer.max_ms();
  if (histograms_->size() == 0) return;
  min_ms_ = std::min(*min_ms_, histograms_->min_ms());
  max_ms_ = std::max(*max_ms_, histograms_->max_ms());
}

HeadSnapshot::~HeadSnapshot() { data_->memory.Unpin(epoch_); }

std::optional<SymbolId> HeadSnapshot::FindSymbol(std::string_view text) const {
  const auto id = data_->symbols.Find(text);
  return id && *id < symbol_count_ ? id : std::nullopt;
}

std::vector<SeriesId> HeadSnapshot::Select(std::span<const Matcher> matchers) const {
  std::vector<SeriesId> selected =
      SelectSeries({data_->symbols, data_->postings, data_->index, series_count_}, matchers);
  const auto order = data_->label_order.Get(series_count_);
  if (selected.size() == series_count_) return order->series;
  std::sort(selected.begin(), selected.end(),
            [&](SeriesId a, SeriesId b) { return order->ranks[a] < order->ranks[b]; });
  return selected;
}

template <typename Visit>
void HeadSnapshot::VisitStreams(SeriesId id, const Visit& visit) const {
  for (uint32_t stream = data_->index.FirstStream(id); stream != kNone;) {
    const StreamRecord& record = streams_[stream];
    if (record.sample_count > 0) visit(record);
    stream = record.next_stream;
  }
}

std::vector<const StreamRecord*> HeadSnapshot::SortedStreams(SeriesId id) const {
  std::vector<const StreamRecord*> streams;
  VisitStreams(id, [&](const StreamRecord& record) { streams.push_back(&record); });
  std::sort(streams.begin(), streams.end(),
            [](const StreamRecord* a, const StreamRecord* b) { return a->start_ns < b->start_ns; });
  return streams;
}

int64_t HeadSnapshot::SeriesMinTime(SeriesId id) const {
  int64_t min_ms = kMaxTime;
  VisitStreams(id, [&](const StreamRecord& record) { min_ms = std::min(min_ms, record.first_ms); });
  if (HasHistograms(id)) min_ms = std::min(min_ms, histograms_->MinTime(id));
  return min_ms;
}

int64_t HeadSnapshot::SeriesMaxTime(SeriesId id) const {
  int64_t max_ms = kMinTime;
  VisitStreams(id, [&](const StreamRecord& record) { max_ms = std::max(max_ms, record.last_ms); });
  if (HasHistograms(id)) max_ms = std::max(max_ms, histograms_->MaxTime(id));
  return max_ms;
}

size_t HeadSnapshot::SeriesSampleCount(SeriesId id) const {
  size_t count = 0;
  VisitStreams(id, [&](const StreamRecord& record) { count += record.sample_count; });
  return count;
}

SamplesView HeadSnapshot::Read(SeriesId id, int64_t min_ms, int64_t max_ms, StartTimes start_times,
                               SampleBuffer* buffer) const {
  Pieces pieces;
  size_t streams = 0;
  VisitStreams(id, [&](const StreamRecord& record) {
    const size_t before = pieces.size();
    CollectPieces(record, columns_, min_ms, max_ms, &pieces);
    if (pieces.size() > before) ++streams;
  });
  if (streams <= 1 || OrderStreams(&pieces)) return Concatenate(pieces, start_times, buffer);
  return Merge(pieces, start_times, buffer);
}

std::vector<HistogramSample> HeadSnapshot::ReadHistograms(SeriesId id, int64_t min_ms,
                                                          int64_t max_ms) const {
  if (!HasHistograms(id)) return {};
  SampleBuffer buffer;
  const SamplesView numbers = Read(id, kMinTime, kMaxTime, StartTimes::kSkip, &buffer);
  return histograms_->Read(id, min_ms, max_ms, numbers);
}

std::vector<StreamSummary> HeadSnapshot::Streams(SeriesId id) const {
  std::vector<StreamSummary> summaries;
  for (const StreamRecord* stream : SortedStreams(id)) {
    summaries.push_back({stream->start_ns, stream->first_ms, stream->last_ms,
                         static_cast<size_t>(stream->sample_count),
                         ValueAt(*stream, columns_, stream->first_ms),
                         ValueAt(*stream, columns_, stream->last_ms)});
  }
  return summaries;
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

std::vector<std::string_view> HeadSnapshot::LabelNames() const {
  std::vector<std::string_view> names;
  data_->postings.VisitNames(series_count_, [&](SymbolId name) { names.push_back(Symbol(name)); });
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::string_view> HeadSnapshot::LabelValues(std::string_view name) const {
  std::vector<std::string_view> values;
  if (const auto id = FindSymbol(name)) {
    data_->postings.VisitValues(*id, series_count_, [&](SymbolId value, std::span<const uint32_t>) {
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

}  // namespace promlite::internal
