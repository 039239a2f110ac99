#include "promlite/engine/promql/operators/leaves/exact_range.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "promlite/engine/kernels/each_window.h"
#include "promlite/engine/kernels/kahan_sum.h"
#include "promlite/engine/kernels/rising_sequences.h"
#include "promlite/engine/promql/operators/leaves/selected_series.h"
#include "promlite/parser/promql/ast.h"
#include "promlite/parser/text/milliseconds.h"
#include "promlite/parser/text/quoting.h"

namespace promlite::promql::internal {
namespace {

// NaN, and staleness markers with them, are no samples. A view without any stays as it is.
SamplesView WithoutNaN(const SamplesView& samples, SampleBuffer* buffer) {
  bool any = false;
  for (size_t i = 0; i < samples.size; ++i) any |= std::isnan(samples.values[i]);
  if (!any) return samples;
  buffer->times.clear();
  buffer->values.clear();
  for (size_t i = 0; i < samples.size; ++i) {
    if (std::isnan(samples.values[i])) continue;
    buffer->times.push_back(samples.times[i]);
    buffer->values.push_back(samples.values[i]);
  }
  SamplesView numbers;
  numbers.times = buffer->times.data();
  numbers.values = buffer->values.data();
  numbers.size = buffer->times.size();
  return numbers;
}

// Whether any range holds the first sample of all.
bool HoldFirstSample(const WindowClock& clock) {
  for (size_t i = 0; i < clock.span().size(); ++i) {
    const Window window = clock.windows()[i];
    if (window.size() > 0) return window.begin == 0;
  }
  return false;
}

// The streams of one series, added up in its row.
class StreamSum {
 public:
  StreamSum(Block* block, size_t row) : block_(*block), row_(row) {}

  // The next stream: its values and presence from step span.first on.
  void Add(StepSpan span, const std::vector<double>& values,
           const std::vector<uint64_t>& presence) {
    double* const sums = block_.values(row_);
    uint64_t* const present = block_.presence(row_);
    if (compensations_.empty() && streams_ > 0) compensations_.resize(block_.steps());
    for (size_t i = 0; i < span.size(); ++i) {
      if (!TestBit(presence.data(), i)) continue;
      const size_t step = span.first + i;
      if (!TestBit(present, step)) {
        sums[step] = values[i];
        continue;
      }
      KahanSum sum{sums[step], compensations_[step]};
      sum.Add(values[i]);
      sums[step] = sum.sum;
      compensations_[step] = sum.compensation;
    }
    block_.AddPresence(row_, span.first, span.size(), presence);
    ++streams_;
  }

  void Finish() {
    block_.TightenSpan(row_);
    if (compensations_.empty()) return;
    const StepSpan span = block_.span(row_);
    double* const sums = block_.values(row_);
    for (size_t step = span.first; step < span.end; ++step) sums[step] += compensations_[step];
  }

 private:
  Block& block_;
  const size_t row_;
  size_t streams_ = 0;
  std::vector<double> compensations_;  // a step each, once there are two streams
};

class ExactRowReader final : public RangeCallReader {
 public:
  ExactRowReader(const RangeCall& call, SelectedSeries selected, const ExecContext& context)
      : RangeCallReader(call, selected.labels, context),
        snapshot_(context.snapshot),
        kernel_(call.kernels.exact),
        kernel_of_increments_(call.kernels.exact_of_increments),
        lookback_ms_(absl::ToInt64Milliseconds(context.settings.options.lookback_delta)),
        selected_(std::move(selected)),
        after_ms_(SubtractMilliseconds(range_.reference.first_ms, range_.range_ms)),
        findings_(series().size()) {}

  void Fill(size_t begin, size_t end, Block* block, size_t first_row) override {
    Worker worker;
    for (size_t i = begin; i < end; ++i) FillRow(i, block, first_row + i - begin, &worker);
  }

 private:
  struct Findings {
    bool start_unknown = false;
    bool began_late = false;
    bool takes_turns = false;
    bool has_histograms = false;
  };

  // The memory of one thread.
  struct Worker {
    WindowClock clock;
    SampleBuffer samples;
    SampleBuffer numbers;
    KernelScratch kernel;
    std::vector<double> values;
    std::vector<uint64_t> presence;
  };

  void FillRow(size_t index, Block* block, size_t row, Worker* worker) {
    const SeriesId id = selected_.ids[index];
    StreamSum sum(block, row);
    snapshot_.ReadStreams(
        id, after_ms_, range_.max_ms(), &worker->samples,
        [&](const StreamView& stream) { AddStream(stream, index, &sum, worker); });
    sum.Finish();
    if (snapshot_.HasHistograms(id)) RemoveHistograms(index, block, row);
    if (function_.unit == UnitRule::kPerSecond) Divide(block, row);
    held(index).results = block->CountPresent(row);
  }

  void AddStream(const StreamView& stream, size_t index, StreamSum* sum, Worker* worker) {
    const SamplesView samples = WithoutNaN(stream.samples, &worker->numbers);
    if (samples.size == 0) return;
    // Read at a time is one stream.
    held(index).largest_range = std::max(held(index).largest_range, samples.size);
    WindowClock& clock = worker->clock;
    if (!clock.Shows(samples)) clock.Set(samples, range_.reference, range_.range_ms, 0);
    const StepSpan span = clock.span();
    if (span.empty()) return;

    RangeInput input;
    input.times = samples.times;
    input.values = samples.values;
    input.size = samples.size;
    input.windows = clock.windows();
    input.steps = span.size();
    input.scratch = &worker->kernel;
    const bool holds_increments = HoldsIncrements(stream.temporality);
    if (!holds_increments) {
      if (HoldFirstSample(clock)) NoteFirstSample(stream, index);
      // Writers whose starts are known have a stream each.
      findings_[index].takes_turns |=
          !stream.start_is_known && TakeTurns({samples.values, samples.size});
    }
    if (worker->values.size() < span.size()) worker->values.resize(span.size());
    worker->presence.assign((span.size() + 63) / 64, 0);
    const ExactKernel kernel = holds_increments ? kernel_of_increments_ : kernel_;
    kernel(input, stream.start_is_known ? 0 : samples.values[0], worker->values.data(),
           worker->presence.data());
    sum->Add(span, worker->values, worker->presence);
  }

  void NoteFirstSample(const StreamView& stream, size_t index) {
    if (!stream.start_is_known) {
      findings_[index].start_unknown = true;
    } else if (stream.first_ms - FloorMilliseconds(stream.start_ns) > lookback_ms_) {
      findings_[index].began_late = true;
    }
  }

  // There is no result where a range holds a histogram.
  void RemoveHistograms(size_t index, Block* block, size_t row) {
    for (const HistogramSample& sample : snapshot_.ReadHistograms(
             selected_.ids[index], AddMilliseconds(after_ms_, 1), range_.max_ms())) {
      if (sample.histogram->IsStalenessMarker()) continue;
      const StepSpan span =
          LiveSteps(range_.reference, range_.range_ms, 0, sample.timestamp_ms, sample.timestamp_ms);
      for (size_t step = span.first; step < span.end; ++step) ClearBit(block->presence(row), step);
      findings_[index].has_histograms |= !span.empty();
    }
    block->TightenSpan(row);
  }

  void Divide(Block* block, size_t row) const {
    const double seconds = RangeSeconds(range_.range_ms);
    const StepSpan span = block->span(row);
    double* const values = block->values(row);
    for (size_t step = span.first; step < span.end; ++step) values[step] /= seconds;
  }

  SymbolPairs SelectedLabels(size_t index) const override { return selected_.labels.labels(index); }

  absl::Status Raise(size_t index, std::string_view metric_name,
                     Annotations* annotations) const override {
    const Findings& found = findings_[index];
    const std::string metric = absl::StrCat(", metric name ", DoubleQuoted(metric_name));
    if (found.has_histograms) {
      annotations->Warn(
          absl::StrCat("exact modifier is not supported with native histograms", metric),
          range_.position);
    }
    if (found.start_unknown) {
      annotations->Info(
          absl::StrCat("exact cannot tell when a stream started, so that its first sample counts "
                       "as nothing",
                       metric),
          range_.position);
    }
    if (found.began_late) {
      annotations->Info(
          absl::StrCat("exact counts all since a stream's start at its first sample, although the "
                       "recording began later than the lookback delta",
                       metric),
          range_.position);
    }
    if (found.takes_turns) {
      annotations->Info(
          absl::StrCat("exact takes values that go down for counters that began anew, but they "
                       "return to where others stood, as those of several writers do that take "
                       "turns in one stream",
                       metric),
          range_.position);
    }
    return absl::OkStatus();
  }

  const Snapshot& snapshot_;
  const ExactKernel kernel_;
  const ExactKernel kernel_of_increments_;
  const int64_t lookback_ms_;
  const SelectedSeries selected_;
  const int64_t after_ms_;
  std::vector<Findings> findings_;  // one a series
};

}  // namespace

ExactRangeOperator::ExactRangeOperator(RangeCall call) : call_(std::move(call)) {}

std::string ExactRangeOperator::Describe() const { return DescribeRangeCall(call_); }

absl::StatusOr<std::unique_ptr<RowReader>> ExactRangeOperator::OpenRows(
    ExecContext& context, const StepGrid& grid, std::span<const Block* const>) const {
  // Each thread keeps for every step a window, a stream's value, and a compensation.
  const auto threads = static_cast<size_t>(context.threads.size());
  if (absl::Status fits = context.budget.CheckFits(3 * threads, grid.steps()); !fits.ok()) {
    return fits;
  }
  const RangeVector& range = call_.range;
  return std::make_unique<ExactRowReader>(
      call_, SelectSeries(context, range.matchers, range.min_ms(), range.max_ms()), context);
}

}  // namespace promlite::promql::internal
