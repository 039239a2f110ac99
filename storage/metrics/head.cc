#include "promlite/storage/metrics/head.h"

#include <algorithm>
#include <mutex>
#include <utility>
#include <vector>

#include "promlite/storage/metrics/head_data.h"
#include "promlite/storage/metrics/head_snapshot.h"
#include "promlite/storage/metrics/sample.h"

namespace promlite::internal {
namespace {

// An appender's room for more samples than this is given back when it is done.
constexpr size_t kKeptSamples = size_t{1} << 20;

struct PendingSample {
  int64_t time_ms;
  double value;
  StreamId stream;
};

StreamWriter::Options WriterOptions(const HeadOptions& options) {
  StreamWriter::Options writer;
  writer.chunk_samples = std::max<uint32_t>(1, options.chunk_samples);
  writer.codec = options.codec;
  return writer;
}

// What tells the streams of a label set apart.
SeriesIndex::StreamStart StartOf(int64_t start_ns, StreamTemporality temporality) {
  return {CollectsIncrements(temporality) ? 0 : start_ns, static_cast<uint8_t>(temporality)};
}

SeriesIndex::StreamStart StartOf(const StreamRecord& stream) {
  return StartOf(stream.start_ns, stream.temporality);
}

}  // namespace

class Head::Impl {
 public:
  explicit Impl(const HeadOptions& options)
      : data_(std::make_shared<HeadData>(WriterOptions(options))) {
    Publish();
  }

  // ---- for the one who holds writer_mutex() ----
  std::mutex& writer_mutex() { return writer_mutex_; }
  std::vector<PendingSample>& pending_samples() { return pending_samples_; }

  StreamId FindOrAddStream(LabelsView labels, SeriesIndex::StreamStart start);
  void Apply(std::span<const PendingSample> samples);
  void Apply(std::vector<IncrementWriter::NewIncrement>* increments);
  void NoteStartsWithinMillisecond(std::span<const StreamId> streams);
  // When all samples of the request have been applied.
  void FinishSamples() { data_->writer.FinishRequest(); }
  void Apply(std::span<const NewHistogram> histograms);
  void SetMetadata(std::string_view metric_family, const MetricMetadata& metadata);
  void Pack();
  void Publish();
  MemoryStats Measure() const;
  uint64_t conflicting_samples() const { return data_->writer.conflicts(); }
  uint64_t repeated_increments() const { return data_->increment_writer.repeated(); }

  // ---- for anyone ----
  std::shared_ptr<const HeadSnapshot> published() const {
    const std::lock_guard lock(published_mutex_);
    return published_;
  }

 private:
  StreamId AddStream(SeriesIndex::StreamKey key);
  // A stream of a label set that has streams: `first_stream` is its first, with another start.
  StreamId FindOrAddFurtherStream(StreamId first_stream, SeriesIndex::StreamKey key);
  // Makes the stream's series, if the stream is the first of it.
  void MakeSeriesOf(StreamId stream);

  std::mutex writer_mutex_;
  const std::shared_ptr<HeadData> data_;
  std::shared_ptr<const MetadataMap> metadata_ = std::make_shared<MetadataMap>();
  std::vector<PendingSample> pending_samples_;
  bool changed_ = true;  // since the last version

  mutable std::mutex published_mutex_;  // held for a copy of the pointer only
  std::shared_ptr<const HeadSnapshot> published_;
};

StreamId Head::Impl::AddStream(SeriesIndex::StreamKey key) {
  StreamRecord record;
  record.start_ns = key.start.start_ns;
  record.temporality = static_cast<StreamTemporality>(key.start.kind);
  record.label_set = key.label_set;
  return StreamId(static_cast<uint32_t>(data_->streams.Add(record)));
}

StreamId Head::Impl::FindOrAddStream(LabelsView labels, SeriesIndex::StreamStart start) {
  SeriesIndex& index = data_->index;
  const SeriesIndex::LookedUpLabels looked_up = index.LookUp(labels);
  if (!looked_up.label_set) {
    const StreamId first_stream(static_cast<uint32_t>(data_->streams.size()));
    return AddStream({index.AddLabelSet(looked_up, first_stream), start});
  }
  const StreamId first_stream = index.FirstStreamOfLabelSet(*looked_up.label_set);
  if (StartOf(data_->streams[first_stream.number()]) == start) return first_stream;
  return FindOrAddFurtherStream(first_stream, {*looked_up.label_set, start});
}

StreamId Head::Impl::FindOrAddFurtherStream(StreamId first_stream, SeriesIndex::StreamKey key) {
  StreamArray& streams = data_->streams;
  const auto key_of = [&streams](StreamId stream) {
    const StreamRecord& record = streams[stream.number()];
    return SeriesIndex::StreamKey{record.label_set, StartOf(record)};
  };
  if (const auto known = data_->index.FindFurtherStream(key, key_of)) return *known;
  const StreamId id = AddStream(key);
  data_->index.AddFurtherStream(key, id, key_of);
  // The new one comes second in the list of the label set's streams, whose head is the first.
  StreamRecord* first = streams.Mutable(first_stream.number());
  streams.Mutable(id.number())->next_stream = first->next_stream;
  first->next_stream = id;
  return id;
}

void Head::Impl::Apply(std::span<const PendingSample> samples) {
  changed_ |= !samples.empty();
  for (const PendingSample& sample : samples) {
    const StreamRecord& stream = data_->streams[sample.stream.number()];
    if (stream.sample_count == 0) MakeSeriesOf(sample.stream);
    // A staleness marker among increments never hides one.
    const bool is_late = stream.sample_count > 0 && sample.time_ms <= stream.last_ms;
    if (is_late && CollectsIncrements(stream.temporality)) continue;
    data_->writer.Append(sample.stream, sample.time_ms, sample.value);
  }
}

void Head::Impl::Apply(std::vector<IncrementWriter::NewIncrement>* increments) {
  changed_ |= !increments->empty();
  for (const IncrementWriter::NewIncrement& added : *increments) {
    if (data_->streams[added.stream.number()].sample_count == 0) MakeSeriesOf(added.stream);
  }
  data_->increment_writer.Append(increments);
}

void Head::Impl::NoteStartsWithinMillisecond(std::span<const StreamId> streams) {
  for (const StreamId stream : streams) {
    data_->streams.Mutable(stream.number())->starts_within_millisecond = true;
  }
}

void Head::Impl::MakeSeriesOf(StreamId stream) {
  const LabelSetId label_set = data_->streams[stream.number()].label_set;
  if (!data_->index.SeriesOf(label_set).is_none()) return;
  const SeriesId series = data_->index.MakeSeries(label_set);
  data_->postings.Add(series, data_->index.SeriesLabels(series));
}

void Head::Impl::Apply(std::span<const NewHistogram> histograms) {
  changed_ |= !histograms.empty();
  for (const NewHistogram& histogram : histograms) MakeSeriesOf(histogram.stream);
  data_->histogram_writer.Append(histograms);
}

void Head::Impl::SetMetadata(std::string_view metric_family, const MetricMetadata& metadata) {
  const auto known = metadata_->find(metric_family);
  if (known != metadata_->end() && known->second.type == metadata.type &&
      known->second.unit == metadata.unit && known->second.help == metadata.help) {
    return;
  }
  auto changed = std::make_shared<MetadataMap>(*metadata_);
  (*changed)[std::string(metric_family)] = metadata;
  metadata_ = std::move(changed);
  changed_ = true;
}

void Head::Impl::Pack() {
  if (!changed_) return;
  for (uint32_t id = 0; id < data_->streams.size(); ++id) data_->writer.Pack(StreamId(id));
}

void Head::Impl::Publish() {
  if (!changed_) return;
  changed_ = false;
  std::shared_ptr<const HeadSnapshot> next = std::make_shared<HeadSnapshot>(data_, metadata_);
  // The version before may die here, which takes time: not under the lock.
  const std::lock_guard lock(published_mutex_);
  published_.swap(next);
}

MemoryStats Head::Impl::Measure() const {
  MemoryStats stats;
  stats.symbol_bytes = data_->symbols.allocated_bytes();
  stats.series_bytes = data_->index.allocated_bytes();
  stats.posting_bytes = data_->postings.allocated_bytes();
  stats.time_bytes = data_->memory.allocated_bytes(MemoryUse::kTimes);
  stats.value_bytes =
      data_->memory.allocated_bytes(MemoryUse::kValues) + data_->increment_writer.allocated_bytes();
  stats.retired_bytes = data_->memory.retired_bytes();
  stats.series = data_->index.series_count();
  stats.samples = data_->writer.sample_count() + data_->histogram_writer.sample_count();
  return stats;
}

// Holds the writer's lock as long as it lives.
class Head::HeadAppender final : public Appender {
 public:
  explicit HeadAppender(Impl* impl) : impl_(impl), lock_(impl->writer_mutex()) {}
  ~HeadAppender() override { Clear(); }

  StreamId Stream(LabelsView labels, int64_t start_ns, StreamTemporality temporality) override {
    return impl_->FindOrAddStream(labels, StartOf(start_ns, temporality));
  }
  void AppendIncrement(StreamId stream, const Increment& increment) override {
    increments_.push_back({stream, increment});
  }
  void NoteStartWithinMillisecond(StreamId stream) override {
    started_within_millisecond_.push_back(stream);
  }
  void Append(StreamId stream, int64_t timestamp_ms, double value) override {
    impl_->pending_samples().push_back({timestamp_ms, value, stream});
  }
  void AppendHistogram(StreamId stream, int64_t timestamp_ms, const Histogram& histogram) override {
    histograms_.push_back({timestamp_ms, stream, histogram});
  }
  void AppendStalenessMarker(StreamId stream, int64_t timestamp_ms) override {
    Append(stream, timestamp_ms, StalenessMarker());
  }
  void SetMetadata(std::string_view metric_family, const MetricMetadata& metadata) override {
    metadata_.emplace_back(metric_family, metadata);
  }
  size_t sample_count() const override { return committed_ + pending_count(); }
  void Commit(Publish publish) override {
    committed_ += pending_count();
    impl_->Apply(std::span<const PendingSample>(impl_->pending_samples()));
    impl_->Apply(&increments_);
    impl_->FinishSamples();
    impl_->NoteStartsWithinMillisecond(started_within_millisecond_);
    impl_->Apply(std::span<const NewHistogram>(histograms_));
    for (const auto& [family, metadata] : metadata_) impl_->SetMetadata(family, metadata);
    Clear();
    if (publish == Publish::kNow) impl_->Publish();
  }

 private:
  size_t pending_count() const {
    return impl_->pending_samples().size() + increments_.size() + histograms_.size();
  }
  void Clear() {
    metadata_.clear();
    increments_.clear();
    started_within_millisecond_.clear();
    histograms_.clear();
    impl_->pending_samples().clear();
    if (impl_->pending_samples().capacity() > kKeptSamples) {
      impl_->pending_samples().shrink_to_fit();
    }
  }

  Impl* impl_;
  const std::lock_guard<std::mutex> lock_;
  std::vector<std::pair<std::string, MetricMetadata>> metadata_;
  std::vector<NewHistogram> histograms_;
  std::vector<IncrementWriter::NewIncrement> increments_;
  std::vector<StreamId> started_within_millisecond_;
  size_t committed_ = 0;
};

Head::Head(const HeadOptions& options) : impl_(std::make_unique<Impl>(options)) {}
Head::~Head() = default;

std::unique_ptr<Appender> Head::StartAppend() {
  return std::make_unique<HeadAppender>(impl_.get());
}

void Head::Publish() {
  const std::lock_guard lock(impl_->writer_mutex());
  impl_->Pack();
  impl_->Publish();
}

MemoryStats Head::memory_stats() const {
  const std::lock_guard lock(impl_->writer_mutex());
  return impl_->Measure();
}

uint64_t Head::conflicting_samples() const {
  const std::lock_guard lock(impl_->writer_mutex());
  return impl_->conflicting_samples();
}

uint64_t Head::repeated_increments() const {
  const std::lock_guard lock(impl_->writer_mutex());
  return impl_->repeated_increments();
}

std::shared_ptr<const Snapshot> Head::TakeSnapshot() const { return impl_->published(); }

}  // namespace promlite::internal
