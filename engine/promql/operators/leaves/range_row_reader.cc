#include "promlite/engine/promql/operators/leaves/range_row_reader.h"

#include <algorithm>
#include <span>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "promlite/engine/kernels/counter_resets.h"
#include "promlite/engine/kernels/extrapolation.h"
#include "promlite/engine/promql/operators/aggregation/quantile_suspicion.h"
#include "promlite/engine/promql/operators/leaves/counter_suspicion.h"
#include "promlite/engine/promql/operators/leaves/window_clock.h"
#include "promlite/parser/text/milliseconds.h"
#include "promlite/parser/text/number_printing.h"

namespace promlite::promql::internal {
namespace {

// The smoothing factors of double_exponential_smoothing must lie between 0 and 1 at each step at
// which a series has samples.
absl::Status CheckSmoothingFactors(double smoothing, double trend) {
  if (smoothing <= 0 || smoothing >= 1) {
    return absl::FailedPreconditionError(absl::StrCat(
        "invalid smoothing factor. Expected: 0 < sf < 1, got: ", SixDecimals(smoothing)));
  }
  if (trend <= 0 || trend >= 1) {
    return absl::FailedPreconditionError(
        absl::StrCat("invalid trend factor. Expected: 0 < tf < 1, got: ", SixDecimals(trend)));
  }
  return absl::OkStatus();
}

class RangeRowReader final : public RowReader {
 public:
  RangeRowReader(std::unique_ptr<RangeSource> source, SeriesSet series, RangeRowOptions options)
      : source_(std::move(source)),
        series_(std::move(series)),
        options_(std::move(options)),
        findings_(series_.size()),
        quantile_suspicion_(options_.suspects_quantile ? options_.parameters[0] : nullptr,
                            options_.grid.steps()) {}

  const SeriesSet& series() const override { return series_; }
  bool MayHaveHistograms() const override { return source_->AnyHistograms(); }

  void Fill(size_t begin, size_t end, Block* block, size_t first_row) override {
    Worker worker;
    for (size_t i = begin; i < end; ++i) FillRow(i, block, first_row + i - begin, &worker);
  }

  absl::Status Finish(ExecContext& context) override {
    if (absl::Status status = CheckSampleLimit(context.budget); !status.ok()) return status;
    const CounterSuspicion suspicion(context, options_.range_position);
    for (size_t i = 0; i < findings_.size(); ++i) {
      if (!findings_[i].error.ok()) return findings_[i].error;
      const SymbolPairs labels = source_->series().labels(i);
      const std::string_view name = context.symbols.Value(labels, context.symbols.metric_name());
      if (findings_[i].start_time_overlaps > 0) {
        context.annotations.WarnStartTimeOverlap(
            name, static_cast<int64_t>(findings_[i].start_time_overlaps), options_.range_position);
      }
      // Prometheus gives the info of ignored histograms the place of the first argument, whichever
      // that is.
      findings_[i].of_histograms.Raise(
          name,
          options_.suspects_quantile ? options_.first_argument_position : options_.range_position,
          &context.annotations);
      if (options_.suspects_counter && findings_[i].results > 0) suspicion.Look(context, labels);
    }
    quantile_suspicion_.Warn(context, options_.first_argument_position);
    return absl::OkStatus();
  }

 private:
  // How many samples Prometheus holds of one range at a time.
  struct WindowSizes {
    size_t largest = 0;
    size_t last = 0;  // at the last step
  };

  struct Findings {
    size_t results = 0;
    WindowSizes windows;
    size_t start_time_overlaps = 0;
    HistogramFindings of_histograms;
    absl::Status error;
  };

  // What depends on time alone, kept for the next series that shares the clock.
  struct Clock : WindowClock {
    ExtrapolationPlan extrapolation;
  };

  // The memory of one thread.
  struct Worker {
    Clock clock;
    RangeScratch samples;
    KernelScratch kernel;
    std::vector<uint64_t> presence;
  };

  void FillRow(size_t index, Block* block, size_t row, Worker* worker) {
    const SamplesView samples = source_->Read(index, &worker->samples);
    if (samples.size > 0) FillNumbers(samples, index, block, row, worker);
    if (source_->HasHistograms(index)) FillHistograms(samples, index, block, row);
    findings_[index].results = block->CountPresent(row);
  }

  void FillNumbers(const SamplesView& samples, size_t index, Block* block, size_t row,
                   Worker* worker) {
    Clock& clock = worker->clock;
    const bool new_clock = !clock.Shows(samples);
    if (new_clock) clock.Set(samples, options_.reference, options_.before_ms, options_.after_ms);
    const StepSpan span = clock.span();
    if (span.empty()) return;
    if (MayExceedLimit(samples.size)) findings_[index].windows = SizesOf(clock);
    RangeInput input = MakeInput(samples, clock);
    input.scratch = &worker->kernel;
    if (new_clock && options_.kernel.plan != nullptr) {
      options_.kernel.plan(input, &clock.extrapolation);
    }
    if (options_.checks_smoothing_factors) {
      findings_[index].error = CheckFactors(input);
      if (!findings_[index].error.ok()) return;
    }
    worker->presence.assign((span.size() + 63) / 64, 0);
    const KernelFindings found =
        options_.kernel.run(input, block->values(row) + span.first, worker->presence.data());
    block->AddPresence(row, span.first, span.size(), worker->presence);
    block->TightenSpan(row);
    findings_[index].start_time_overlaps = found.start_time_overlaps;
    quantile_suspicion_.Look(*block, row);
  }

  // Whether it matters how many samples the ranges hold: it does not while all results and all
  // samples of a series together are within the limit.
  bool MayExceedLimit(size_t samples) const {
    const double results =
        static_cast<double>(series_.size()) * static_cast<double>(options_.grid.steps());
    return results + static_cast<double>(samples) > static_cast<double>(options_.max_samples);
  }

  WindowSizes SizesOf(const WindowClock& clock) const {
    WindowSizes sizes;
    const StepSpan span = clock.span();
    for (size_t i = 0; i < span.size(); ++i) {
      sizes.largest = std::max<size_t>(sizes.largest, clock.windows()[i].size());
    }
    if (span.last == options_.grid.steps()) sizes.last = clock.windows()[span.size() - 1].size();
    return sizes;
  }

  // Series after series, Prometheus holds the results so far and the samples of one range, the last
  // one's until the next series.
  absl::Status CheckSampleLimit(const QueryBudget& budget) const {
    size_t results = 0;
    for (const Findings& found : findings_) {
      const size_t reading = results + found.windows.largest;
      results += found.results;
      const size_t held = std::max(reading, results + found.windows.last);
      if (absl::Status status = budget.CheckSamples(static_cast<int64_t>(held)); !status.ok()) {
        return status;
      }
    }
    return absl::OkStatus();
  }

  // The steps whose range holds a histogram. What the kernel made of their numbers is there
  // already.
  void FillHistograms(const SamplesView& numbers, size_t index, Block* block, size_t row) {
    const std::vector<HistogramSample> histograms = source_->ReadHistograms(index);
    if (histograms.empty()) return;
    std::vector<int64_t> times;
    for (const HistogramSample& sample : histograms) times.push_back(sample.timestamp_ms);
    const StepSpan span = LiveSteps(options_.reference, options_.before_ms, options_.after_ms,
                                    times.front(), times.back());
    std::vector<Window> windows, number_windows;
    ComputeWindows(times.data(), times.size(), options_.reference, options_.before_ms,
                   options_.after_ms, span, &windows);
    ComputeWindows(numbers.times, numbers.size, options_.reference, options_.before_ms,
                   options_.after_ms, span, &number_windows);
    RangeFindings found;
    for (size_t i = 0; i < span.size(); ++i) {
      if (windows[i].size() == 0) continue;
      const size_t step = span.first + i;
      if (options_.checks_smoothing_factors && findings_[index].error.ok()) {
        findings_[index].error =
            CheckSmoothingFactors(options_.parameters[0][step], options_.parameters[1][step]);
      }
      DiscountOverlap(numbers, number_windows[i], &findings_[index]);
      const MixedRange range =
          MakeMixedRange(numbers, number_windows[i],
                         std::span(histograms).subspan(windows[i].begin, windows[i].size()), step);
      Place(options_.of_histograms(range, &found), block, row, step);
    }
    block->TightenSpan(row);
    findings_[index].of_histograms = found.findings;
    findings_[index].start_time_overlaps += found.start_time_overlaps;
  }

  MixedRange MakeMixedRange(const SamplesView& numbers, Window window,
                            std::span<const HistogramSample> histograms, size_t step) const {
    MixedRange range;
    if (window.size() > 0) {
      range.times = {numbers.times + window.begin, window.size()};
      range.values = {numbers.values + window.begin, window.size()};
      if (numbers.start_times != nullptr) range.start_times = numbers.start_times + window.begin;
    }
    range.histograms = histograms;
    range.end_ms = options_.reference.at(step);
    range.start_ms = SubtractMilliseconds(range.end_ms, options_.range_ms);
    range.range_ms = options_.range_ms;
    range.modifier = options_.modifier;
    return range;
  }

  // Prometheus does not look at the start times of numbers that share their range with histograms;
  // the kernel has done so.
  static void DiscountOverlap(const SamplesView& numbers, Window window, Findings* findings) {
    if (findings->start_time_overlaps == 0) return;
    for (uint32_t i = window.begin + 1; i < window.end; ++i) {
      if (!IsStartTimeOverlap(numbers.start_times[i - 1], numbers.times[i - 1],
                              numbers.start_times[i])) {
        continue;
      }
      --findings->start_time_overlaps;
      return;
    }
  }

  static void Place(RangeOutcome outcome, Block* block, size_t row, size_t step) {
    if (std::holds_alternative<AsOfNumbers>(outcome)) return;
    if (const double* number = std::get_if<double>(&outcome)) {
      block->Set(row, step, *number);
      return;
    }
    ClearBit(block->presence(row), step);
    if (auto* histogram = std::get_if<std::shared_ptr<const Histogram>>(&outcome)) {
      block->SetHistogram(row, step, std::move(*histogram));
    }
  }

  RangeInput MakeInput(const SamplesView& samples, const Clock& clock) const {
    RangeInput input;
    input.times = samples.times;
    input.values = samples.values;
    input.start_times = samples.start_times;
    input.size = samples.size;
    input.windows = clock.windows();
    input.steps = clock.span().size();
    input.first_range_end_ms = options_.reference.at(clock.span().first);
    input.range_end_step_ms = options_.reference.step_ms;
    input.range_ms = options_.range_ms;
    input.first_evaluation_ms = options_.grid.time(clock.span().first);
    input.evaluation_step_ms = options_.grid.step_ms;
    for (size_t i = 0; i < options_.parameters.size(); ++i) {
      if (options_.parameters[i] == nullptr) break;
      input.parameters[i] = options_.parameters[i] + clock.span().first;
    }
    input.extrapolation = &clock.extrapolation;
    return input;
  }

  static absl::Status CheckFactors(const RangeInput& input) {
    for (size_t i = 0; i < input.steps; ++i) {
      if (input.windows[i].size() == 0) continue;
      absl::Status status = CheckSmoothingFactors(input.parameters[0][i], input.parameters[1][i]);
      if (!status.ok()) return status;
    }
    return absl::OkStatus();
  }

  const std::unique_ptr<RangeSource> source_;
  const SeriesSet series_;
  const RangeRowOptions options_;
  std::vector<Findings> findings_;  // one a series
  QuantileSuspicion quantile_suspicion_;
};

}  // namespace

std::unique_ptr<RowReader> MakeRangeRowReader(std::unique_ptr<RangeSource> source, SeriesSet series,
                                              RangeRowOptions options) {
  return std::make_unique<RangeRowReader>(std::move(source), std::move(series), std::move(options));
}

}  // namespace promlite::promql::internal
