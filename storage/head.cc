#include "promlite/storage/head.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <map>
#include <mutex>
#include <set>
#include <utility>

#include "promlite/storage/staleness.h"

namespace promlite::internal {
namespace {

struct StreamData {
  int64_t start_ns = 0;
  std::vector<Sample> samples;  // ascending, one a time
};

struct SeriesData {
  std::vector<SymbolPair> labels;
  std::vector<std::shared_ptr<const StreamData>> streams;  // by start
};

uint64_t Bits(double value) { return std::bit_cast<uint64_t>(value); }

struct MergedSample {
  Sample sample;
  int64_t start_ns;
};

std::vector<MergedSample> Merge(const SeriesData& series, int64_t min_ms, int64_t max_ms) {
  std::vector<MergedSample> merged;
  for (const auto& stream : series.streams) {
    for (const Sample& sample : stream->samples) {
      if (sample.timestamp_ms < min_ms || sample.timestamp_ms > max_ms) continue;
      merged.push_back({sample, stream->start_ns});
    }
  }
  std::sort(merged.begin(), merged.end(), [](const MergedSample& a, const MergedSample& b) {
    if (a.sample.timestamp_ms != b.sample.timestamp_ms) {
      return a.sample.timestamp_ms < b.sample.timestamp_ms;
    }
    if (a.start_ns != b.start_ns) return a.start_ns > b.start_ns;
    return Bits(a.sample.value) > Bits(b.sample.value);
  });
  merged.erase(std::unique(merged.begin(), merged.end(),
                           [](const MergedSample& a, const MergedSample& b) {
                             return a.sample.timestamp_ms == b.sample.timestamp_ms;
                           }),
               merged.end());
  return merged;
}

// One moment: series in label order.
class HeadSnapshot final : public Snapshot {
 public:
  std::shared_ptr<const SymbolTable> symbols;
  SymbolId symbols_count = 0;
  std::vector<std::shared_ptr<const SeriesData>> series;
  std::map<std::string, MetricMetadata, std::less<>> metadata;

  SymbolId symbol_count() const override { return symbols_count; }
  std::string_view Symbol(SymbolId id) const override { return symbols->Text(id); }
  std::optional<SymbolId> FindSymbol(std::string_view text) const override {
    const auto id = symbols->Find(text);
    return id && *id < symbols_count ? id : std::nullopt;
  }

  size_t series_count() const override { return series.size(); }
  std::vector<SeriesId> Select(std::span<const Matcher> matchers) const override {
    std::vector<SeriesId> selected;
    for (SeriesId id = 0; id < series.size(); ++id) {
      if (std::all_of(matchers.begin(), matchers.end(),
                      [&](const Matcher& m) { return m.Matches(Value(id, m.name())); })) {
        selected.push_back(id);
      }
    }
    return selected;
  }
  SymbolPairs SeriesLabels(SeriesId id) const override { return series[id]->labels; }
  int64_t SeriesMinTime(SeriesId id) const override {
    int64_t min = std::numeric_limits<int64_t>::max();
    for (const auto& stream : series[id]->streams) {
      min = std::min(min, stream->samples.front().timestamp_ms);
    }
    return min;
  }
  int64_t SeriesMaxTime(SeriesId id) const override {
    int64_t max = std::numeric_limits<int64_t>::min();
    for (const auto& stream : series[id]->streams) {
      max = std::max(max, stream->samples.back().timestamp_ms);
    }
    return max;
  }
  size_t SeriesSampleCount(SeriesId id) const override {
    size_t count = 0;
    for (const auto& stream : series[id]->streams) count += stream->samples.size();
    return count;
  }

  SamplesView Read(SeriesId id, int64_t min_ms, int64_t max_ms, StartTimes start_times,
                   SampleBuffer* buffer) const override {
    buffer->times.clear();
    buffer->values.clear();
    buffer->start_times.clear();
    SamplesView view;
    for (const MergedSample& merged : Merge(*series[id], min_ms, max_ms)) {
      buffer->times.push_back(merged.sample.timestamp_ms);
      buffer->values.push_back(merged.sample.value);
      buffer->start_times.push_back(merged.start_ns / 1'000'000);
      view.has_staleness_markers |= IsStalenessMarker(merged.sample.value);
    }
    view.times = buffer->times.data();
    view.values = buffer->values.data();
    view.size = buffer->times.size();
    if (start_times == StartTimes::kRead) view.start_times = buffer->start_times.data();
    return view;
  }

  std::vector<StreamSummary> Streams(SeriesId id) const override {
    std::vector<StreamSummary> summaries;
    for (const auto& stream : series[id]->streams) {
      const Sample& first = stream->samples.front();
      const Sample& last = stream->samples.back();
      summaries.push_back({stream->start_ns, first.timestamp_ms, last.timestamp_ms,
                           stream->samples.size(), first.value, last.value});
    }
    return summaries;
  }
  std::vector<Sample> StreamSamples(SeriesId id, size_t stream) const override {
    return series[id]->streams[stream]->samples;
  }

  std::optional<int64_t> MinTime() const override {
    std::optional<int64_t> min;
    for (SeriesId id = 0; id < series.size(); ++id) {
      min = min ? std::min(*min, SeriesMinTime(id)) : SeriesMinTime(id);
    }
    return min;
  }
  std::optional<int64_t> MaxTime() const override {
    std::optional<int64_t> max;
    for (SeriesId id = 0; id < series.size(); ++id) {
      max = max ? std::max(*max, SeriesMaxTime(id)) : SeriesMaxTime(id);
    }
    return max;
  }
  size_t sample_count() const override {
    size_t count = 0;
    for (SeriesId id = 0; id < series.size(); ++id) count += SeriesSampleCount(id);
    return count;
  }
  std::vector<std::string_view> LabelNames() const override {
    std::set<std::string_view> names;
    for (const auto& s : series) {
      for (const SymbolPair& pair : s->labels) names.insert(Symbol(pair.name));
    }
    return {names.begin(), names.end()};
  }
  std::vector<std::string_view> LabelValues(std::string_view name) const override {
    std::set<std::string_view> values;
    for (SeriesId id = 0; id < series.size(); ++id) {
      if (const std::string_view value = Value(id, name); !value.empty()) values.insert(value);
    }
    return {values.begin(), values.end()};
  }
  std::optional<MetricMetadata> Metadata(std::string_view metric_family) const override {
    const auto found = metadata.find(metric_family);
    return found == metadata.end() ? std::nullopt : std::optional(found->second);
  }

  std::string_view Value(SeriesId id, std::string_view name) const {
    for (const SymbolPair& pair : series[id]->labels) {
      if (Symbol(pair.name) == name) return Symbol(pair.value);
    }
    return {};
  }
};

}  // namespace

class Head::Impl {
 public:
  using LabelStrings = std::vector<std::pair<std::string, std::string>>;
  using StreamKey = std::pair<LabelStrings, int64_t>;

  std::mutex writer;
  std::shared_ptr<SymbolTable> symbols = std::make_shared<SymbolTable>();
  std::map<StreamKey, StreamId> stream_ids;
  std::vector<StreamKey> streams;
  std::map<LabelStrings, std::map<int64_t, std::shared_ptr<const StreamData>>> series;
  std::map<std::string, MetricMetadata, std::less<>> metadata;

  mutable std::mutex published_mutex;
  std::shared_ptr<const HeadSnapshot> published = std::make_shared<HeadSnapshot>();

  void Publish() {
    auto next = std::make_shared<HeadSnapshot>();
    next->symbols = symbols;
    next->metadata = metadata;
    for (const auto& [labels, by_start] : series) {
      auto data = std::make_shared<SeriesData>();
      for (const auto& [name, value] : labels) {
        data->labels.push_back({symbols->Intern(name), symbols->Intern(value)});
      }
      for (const auto& [start, stream] : by_start) data->streams.push_back(stream);
      next->series.push_back(std::move(data));
    }
    next->symbols_count = symbols->size();
    const std::lock_guard lock(published_mutex);
    published = std::move(next);
  }
};

namespace {

template <typename Impl>
class HeadAppender final : public Appender {
 public:
  explicit HeadAppender(Impl* impl) : impl_(impl), lock_(impl->writer) {}

  StreamId Stream(LabelsView labels, int64_t start_ns) override {
    typename Impl::StreamKey key{{}, start_ns};
    for (const auto& [name, value] : labels) key.first.emplace_back(name, value);
    const auto [entry, is_new] =
        impl_->stream_ids.try_emplace(key, static_cast<StreamId>(impl_->streams.size()));
    if (is_new) impl_->streams.push_back(std::move(key));
    return entry->second;
  }
  void Append(StreamId stream, int64_t timestamp_ms, double value) override {
    samples_[stream].push_back({timestamp_ms, value});
    ++sample_count_;
  }
  void AppendStalenessMarker(StreamId stream, int64_t timestamp_ms) override {
    Append(stream, timestamp_ms, StalenessMarker());
  }
  void SetMetadata(std::string_view metric_family, const MetricMetadata& metadata) override {
    metadata_[std::string(metric_family)] = metadata;
  }
  size_t sample_count() const override { return sample_count_; }
  void Commit(Publish publish) override {
    for (auto& [stream, samples] : samples_) {
      const auto& [labels, start_ns] = impl_->streams[stream];
      auto& slot = impl_->series[labels][start_ns];
      auto merged = slot ? std::make_shared<StreamData>(*slot) : std::make_shared<StreamData>();
      merged->start_ns = start_ns;
      auto& all = merged->samples;
      all.insert(all.end(), samples.begin(), samples.end());
      std::sort(all.begin(), all.end(), [](const Sample& a, const Sample& b) {
        return a.timestamp_ms != b.timestamp_ms ? a.timestamp_ms < b.timestamp_ms
                                                : Bits(a.value) > Bits(b.value);
      });
      all.erase(std::unique(all.begin(), all.end(),
                            [](const Sample& a, const Sample& b) {
                              return a.timestamp_ms == b.timestamp_ms;
                            }),
                all.end());
      slot = std::move(merged);
    }
    for (auto& [family, metadata] : metadata_) impl_->metadata[family] = std::move(metadata);
    samples_.clear();
    metadata_.clear();
    if (publish == Publish::kNow) impl_->Publish();
  }

 private:
  Impl* impl_;
  std::lock_guard<std::mutex> lock_;
  std::map<StreamId, std::vector<Sample>> samples_;
  std::map<std::string, MetricMetadata> metadata_;
  size_t sample_count_ = 0;
};

}  // namespace

Head::Head() : impl_(std::make_unique<Impl>()) {}
Head::~Head() = default;

std::unique_ptr<Appender> Head::StartAppend() {
  return std::make_unique<HeadAppender<Impl>>(impl_.get());
}

void Head::Publish() {
  const std::lock_guard lock(impl_->writer);
  impl_->Publish();
}

std::shared_ptr<const Snapshot> Head::TakeSnapshot() const {
  const std::lock_guard lock(impl_->published_mutex);
  return impl_->published;
}

}  // namespace promlite::internal
