#include "promlite/engine/operators/instant_selector.h"

#include <utility>

#include "promlite/engine/kernels/instant_kernel.h"
#include "promlite/engine/metric_name_removal.h"
#include "promlite/engine/operators/selected_series.h"
#include "promlite/engine/windows.h"
#include "promlite/parser/printer.h"

namespace promlite::internal {
namespace {

// At each step, the samples with times in (reference - before, reference + after] are looked at.
struct Reach {
  ReferenceTimes reference;
  int64_t before_ms = 0;
  int64_t after_ms = 0;

  int64_t first_ms() const {
    return AddMilliseconds(SubtractMilliseconds(reference.first_ms, before_ms), 1);
  }
  int64_t last_ms() const { return AddMilliseconds(reference.last_ms(), after_ms); }
};

class InstantRowReader final : public RowReader {
 public:
  InstantRowReader(const ExecContext& context, std::vector<SeriesId> ids, SeriesSet series,
                   const Reach& reach, SampleAspect aspect, bool smoothed)
      : snapshot_(context.snapshot),
        ids_(std::move(ids)),
        series_(std::move(series)),
        reach_(reach),
        aspect_(aspect),
        smoothed_(smoothed) {}

  const SeriesSet& series() const override { return series_; }
  absl::Status Finish(ExecContext&) override { return absl::OkStatus(); }

  void Fill(size_t begin, size_t end, Block* block, size_t first_row) override {
    SampleBuffer buffer;
    Clock clock;
    for (size_t i = begin; i < end; ++i) {
      FillRow(ids_[i], block, first_row + i - begin, &buffer, &clock);
    }
  }

 private:
  // Which samples each step looks at: the same for all series that share a clock.
  struct Clock {
    uint64_t column = 0;
    size_t column_offset = 0;
    size_t size = 0;
    StepSpan span;
    std::vector<Window> windows;

    bool Shows(const SamplesView& samples) const {
      return samples.column != 0 && samples.column == column &&
             samples.column_offset == column_offset && samples.size == size;
    }
  };

  void FillRow(SeriesId id, Block* block, size_t row, SampleBuffer* buffer, Clock* clock) const {
    const auto start_times = aspect_ == SampleAspect::kStartTimestamp ? Snapshot::StartTimes::kRead
                                                                      : Snapshot::StartTimes::kSkip;
    const SamplesView samples =
        snapshot_.Read(id, reach_.first_ms(), reach_.last_ms(), start_times, buffer);
    if (samples.size == 0) return;
    if (!clock->Shows(samples)) SetClock(samples, clock);
    const StepSpan span = clock->span;
    if (span.empty()) return;
    block->span(row) = {static_cast<uint32_t>(span.first), static_cast<uint32_t>(span.last)};
    double* values = block->values(row) + span.first;
    const PresenceRow presence{block->presence(row), span.first};
    const Window* windows = clock->windows.data();
    if (smoothed_) {
      SmoothedInstantKernel(samples.times, samples.values, windows, span.size(),
                            reach_.reference.at(span.first), reach_.reference.step_ms, values,
                            presence);
    } else if (aspect_ == SampleAspect::kValue) {
      NewestValueKernel(samples.values, samples.has_staleness_markers, windows, span.size(), values,
                        presence);
    } else {
      const int64_t* times =
          aspect_ == SampleAspect::kTimestamp ? samples.times : samples.start_times;
      NewestTimeKernel(times, samples.values, windows, span.size(), values, presence);
    }
  }

  void SetClock(const SamplesView& samples, Clock* clock) const {
    clock->column = samples.column;
    clock->column_offset = samples.column_offset;
    clock->size = samples.size;
    clock->span = LiveSteps(reach_.reference, reach_.before_ms, reach_.after_ms, samples.times[0],
                            samples.times[samples.size - 1]);
    ComputeWindows(samples.times, samples.size, reach_.reference, reach_.before_ms, reach_.after_ms,
                   clock->span, &clock->windows);
  }

  const Snapshot& snapshot_;
  const std::vector<SeriesId> ids_;
  const SeriesSet series_;
  const Reach reach_;
  const SampleAspect aspect_;
  const bool smoothed_;
};

}  // namespace

InstantSelectorOperator::InstantSelectorOperator(const VectorSelector& selector,
                                                 std::vector<Matcher> matchers, int64_t offset_ms,
                                                 SampleAspect aspect)
    : selector_(selector), matchers_(std::move(matchers)), offset_ms_(offset_ms), aspect_(aspect) {}

std::string InstantSelectorOperator::Describe() const {
  const std::string selector = Print(selector_);
  switch (aspect_) {
    case SampleAspect::kValue:
      return "select " + selector;
    case SampleAspect::kTimestamp:
      return "timestamp of " + selector;
    case SampleAspect::kStartTimestamp:
      break;
  }
  return "start_timestamp of " + selector;
}

absl::StatusOr<std::unique_ptr<RowReader>> InstantSelectorOperator::Open(
    ExecContext& context, const StepGrid& grid, std::span<const Block* const>) const {
  // Each thread keeps a window for every step: as many bytes as a cell has.
  const auto threads = static_cast<size_t>(context.workers.threads());
  if (absl::Status s = context.budget.CheckFits(threads, grid.steps()); !s.ok()) return s;
  const int64_t lookback_ms = absl::ToInt64Milliseconds(context.options.lookback_delta);
  const bool closed_left = context.options.compatibility == Compatibility::kPrometheus2;
  // timestamp() asks for a sample that there is, whatever the modifier.
  const bool smoothed =
      selector_.modifier == RangeModifier::kSmoothed && aspect_ == SampleAspect::kValue;
  const Reach reach = {MakeReferenceTimes(grid, selector_.at, offset_ms_, context.query_grid),
                       AddMilliseconds(lookback_ms, closed_left ? 1 : 0),
                       smoothed ? lookback_ms : 0};
  SelectedSeries selected = SelectSeries(context, matchers_, reach.first_ms(), reach.last_ms());
  SeriesSet series = aspect_ == SampleAspect::kValue ? std::move(selected.labels)
                                                     : DropMetricName(selected.labels, context);
  return std::make_unique<InstantRowReader>(context, std::move(selected.ids), std::move(series),
                                            reach, aspect_, smoothed);
}

bool InstantSelectorOperator::HasEqualSeries(ExecContext& context, const RowReader& reader) const {
  return aspect_ != SampleAspect::kValue && !context.options.delayed_name_removal &&
         HasEqualLabels(reader.series());
}

}  // namespace promlite::internal
