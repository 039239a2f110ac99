#include "promlite/engine/operators/range_source.h"

#include <utility>

#include "promlite/storage/staleness.h"

namespace promlite::internal {
namespace {

// Copies a view without its staleness markers. Its clock is then its own.
SamplesView WithoutStalenessMarkers(const SamplesView& samples, SampleBuffer* buffer) {
  buffer->times.clear();
  buffer->values.clear();
  buffer->start_times.clear();
  for (size_t i = 0; i < samples.size; ++i) {
    if (IsStalenessMarker(samples.values[i])) continue;
    buffer->times.push_back(samples.times[i]);
    buffer->values.push_back(samples.values[i]);
    if (samples.start_times != nullptr) buffer->start_times.push_back(samples.start_times[i]);
  }
  SamplesView compacted;
  compacted.times = buffer->times.data();
  compacted.values = buffer->values.data();
  compacted.size = buffer->times.size();
  if (samples.start_times != nullptr) compacted.start_times = buffer->start_times.data();
  return compacted;
}

class StorageRangeSource final : public RangeSource {
 public:
  StorageRangeSource(const Snapshot& snapshot, SelectedSeries selected, int64_t min_ms,
                     int64_t max_ms, Snapshot::StartTimes start_times)
      : snapshot_(snapshot),
        selected_(std::move(selected)),
        min_ms_(min_ms),
        max_ms_(max_ms),
        start_times_(start_times) {}

  const SeriesSet& series() const override { return selected_.labels; }

  SamplesView Read(size_t index, RangeScratch* scratch) const override {
    const SamplesView samples =
        snapshot_.Read(selected_.ids[index], min_ms_, max_ms_, start_times_, &scratch->samples);
    if (!samples.has_staleness_markers) return samples;
    return WithoutStalenessMarkers(samples, &scratch->compacted);
  }

 private:
  const Snapshot& snapshot_;
  const SelectedSeries selected_;
  const int64_t min_ms_;
  const int64_t max_ms_;
  const Snapshot::StartTimes start_times_;
};

class BlockRangeSource final : public RangeSource {
 public:
  BlockRangeSource(const Block& block, const StepGrid& grid) : block_(block) {
    times_.reserve(grid.steps());
    for (size_t step = 0; step < grid.steps(); ++step) times_.push_back(grid.time(step));
  }

  const SeriesSet& series() const override { return block_.series; }

  SamplesView Read(size_t index, RangeScratch* scratch) const override {
    const RowSpan span = block_.span(index);
    SamplesView samples;
    if (span.empty()) return samples;
    if (block_.Dense(index)) {
      samples.times = times_.data() + span.first;
      samples.values = block_.values(index) + span.first;
      samples.size = span.last - span.first;
      samples.column = kGridColumn;
      samples.column_offset = span.first;
      return samples;
    }
    SampleBuffer& buffer = scratch->samples;
    buffer.times.clear();
    buffer.values.clear();
    for (size_t step = span.first; step < span.last; ++step) {
      if (!block_.present(index, step)) continue;
      buffer.times.push_back(times_[step]);
      buffer.values.push_back(block_.values(index)[step]);
    }
    samples.times = buffer.times.data();
    samples.values = buffer.values.data();
    samples.size = buffer.times.size();
    return samples;
  }

 private:
  // The rows share one clock: the grid.
  static constexpr uint64_t kGridColumn = ~uint64_t{0};

  const Block& block_;
  std::vector<int64_t> times_;
};

}  // namespace

std::unique_ptr<RangeSource> MakeStorageRangeSource(const ExecContext& context,
                                                    SelectedSeries selected, int64_t min_ms,
                                                    int64_t max_ms,
                                                    Snapshot::StartTimes start_times) {
  return std::make_unique<StorageRangeSource>(context.snapshot, std::move(selected), min_ms, max_ms,
                                              start_times);
}

std::unique_ptr<RangeSource> MakeBlockRangeSource(const Block& block, const StepGrid& grid) {
  return std::make_unique<BlockRangeSource>(block, grid);
}

}  // namespace promlite::internal
