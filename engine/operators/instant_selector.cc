#include "promlite/engine/operators/instant_selector.h"

#include <utility>

#include "promlite/engine/kernels/instant_kernel.h"
#include "promlite/engine/metric_name_removal.h"
#include "promlite/engine/operators/selected_series.h"
#include "promlite/engine/windows.h"
#include "promlite/parser/printer.h"

namespace promlite::internal {
namespace {

class InstantRowReader final : public RowReader {
 public:
  InstantRowReader(const ExecContext& context, SelectedSeries selected, SeriesSet series,
                   ReferenceTimes reference, int64_t before_ms, int64_t after_ms,
                   SampleAspect aspect)
      : snapshot_(context.snapshot),
        ids_(std::move(selected.ids)),
        series_(std::move(series)),
        reference_(reference),
        before_ms_(before_ms),
        after_ms_(after_ms),
        aspect_(aspect) {}

  const SeriesSet& series() const override { return series_; }
  absl::Status Finish(ExecContext&) override { return absl::OkStatus(); }

  void Fill(size_t begin, size_t end, Block* block, size_t first_row) override {
    SampleBuffer buffer;
    NewestSamples newest;
    for (size_t i = begin; i < end; ++i)
      FillRow(ids_[i], block, first_row + i - begin, &buffer, &newest);
  }

 private:
  // Which sample is the newest at each step: the same for all series that share a clock.
  struct NewestSamples {
    uint64_t column = 0;
    size_t column_offset = 0;
    size_t size = 0;
    StepSpan span;
    std::vector<Window> windows;
  };

  void FillRow(SeriesId id, Block* block, size_t row, SampleBuffer* buffer, NewestSamples* newest) {
    const auto start_times = aspect_ == SampleAspect::kStartTimestamp ? Snapshot::StartTimes::kRead
                                                                      : Snapshot::StartTimes::kSkip;
    const SamplesView samples =
        snapshot_.Read(id, reference_.first_ms - before_ms_ + 1, reference_.last_ms() + after_ms_,
                       start_times, buffer);
    if (samples.size == 0) return;
    const bool known = samples.column != 0 && samples.column == newest->column &&
                       samples.column_offset == newest->column_offset &&
                       samples.size == newest->size;
    if (!known) {
      *newest = {samples.column, samples.column_offset, samples.size,
                 LiveSteps(reference_, before_ms_, after_ms_, samples.times[0],
                           samples.times[samples.size - 1]),
                 std::move(newest->windows)};
      ComputeWindows(samples.times, samples.size, reference_, before_ms_, after_ms_, newest->span,
                     &newest->windows);
    }
    const StepSpan span = newest->span;
    if (span.empty()) return;
    block->span(row) = {static_cast<uint32_t>(span.first), static_cast<uint32_t>(span.last)};
    double* values = block->values(row) + span.first;
    PresenceRow presence{block->presence(row), span.first};
    const Window* windows = newest->windows.data();
    if (after_ms_ > 0) {
      SmoothedInstantKernel(samples.times, samples.values, windows, span.size(),
                            reference_.at(span.first), reference_.step_ms, values, presence);
    } else if (aspect_ == SampleAspect::kValue) {
      NewestValueKernel(samples.values, samples.has_staleness_markers, windows, span.size(), values,
                        presence);
    } else {
      const int64_t* times =
          aspect_ == SampleAspect::kTimestamp ? samples.times : samples.start_times;
      NewestTimeKernel(times, samples.values, windows, span.size(), values, presence);
    }
  }

  const Snapshot& snapshot_;
  const std::vector<SeriesId> ids_;
  const SeriesSet series_;
  const ReferenceTimes reference_;
  const int64_t before_ms_;
  const int64_t after_ms_;
  const SampleAspect aspect_;
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
  const ReferenceTimes reference =
      MakeReferenceTimes(grid, selector_.at, offset_ms_, context.query_grid);
  const int64_t lookback_ms = absl::ToInt64Milliseconds(context.options.lookback_delta);
  const bool closed_left = context.options.compatibility == Compatibility::kPrometheus2;
  const int64_t before_ms = lookback_ms + (closed_left ? 1 : 0);
  const int64_t after_ms = selector_.modifier == RangeModifier::kSmoothed ? lookback_ms : 0;
  SelectedSeries selected = SelectSeries(context, matchers_, reference.first_ms - before_ms + 1,
                                         reference.last_ms() + after_ms);
  SeriesSet series = aspect_ == SampleAspect::kValue ? std::move(selected.labels)
                                                     : DropMetricName(selected.labels, context);
  return std::make_unique<InstantRowReader>(context, std::move(selected), std::move(series),
                                            reference, before_ms, after_ms, aspect_);
}

bool InstantSelectorOperator::HasEqualSeries(ExecContext& context, const RowReader& reader) const {
  return aspect_ != SampleAspect::kValue && !context.options.delayed_name_removal &&
         HasEqualLabels(reader.series());
}

}  // namespace promlite::internal
