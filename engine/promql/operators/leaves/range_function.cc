#include "promlite/engine/promql/operators/leaves/range_function.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <span>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "promlite/engine/kernels/counter_resets.h"
#include "promlite/engine/kernels/extrapolation.h"
#include "promlite/engine/kernels/integral.h"
#include "promlite/engine/promql/operators/leaves/histogram_range_function.h"
#include "promlite/parser/promql/printer.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/parser/text/milliseconds.h"
#include "promlite/parser/text/number_printing.h"

namespace promlite::promql::internal {
namespace {

// The scalar arguments, an element a step; null behind the last.
using Parameters = std::array<const double*, RangeInput::kMaxParameters>;

absl::StatusOr<Parameters> ParametersOf(const RangeCall& call,
                                        std::span<const Block* const> inputs) {
  Parameters parameters{};
  size_t count = 0;
  for (size_t i = 0; i < inputs.size(); ++i) {
    if (i == call.range_index || inputs[i] == nullptr) continue;
    if (count == parameters.size()) {
      return absl::InternalError(absl::StrCat("function ", Absl(call.call.function->name),
                                              " has more scalar arguments than a kernel can read"));
    }
    parameters[count++] = inputs[i]->values(0);
  }
  return parameters;
}

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

// What a scalar argument may be without a warning.
struct ParameterWarning {
  bool (*is_invalid)(double parameter);
  std::string_view text;  // followed by what it is
};

const ParameterWarning* WarningOf(ParameterRule rule) {
  static constexpr ParameterWarning kOfQuantiles = {
      [](double q) { return std::isnan(q) || q < 0 || q > 1; },
      "quantile value should be between 0 and 1, got "};
  static constexpr ParameterWarning kOfStrategies = {
      [](double strategy) { return !IsIntegralStrategy(strategy); },
      "strategy should be 0, 1, or 2 (default), using 2, got "};
  switch (rule) {
    case ParameterRule::kQuantile:
      return &kOfQuantiles;
    case ParameterRule::kIntegralStrategy:
      return &kOfStrategies;
    case ParameterRule::kNone:
    case ParameterRule::kAnyNumber:
    case ParameterRule::kSmoothingFactors:
      break;
  }
  return nullptr;
}

// Warns of a scalar argument that it should not be, at the steps at which a series has samples.
// Rows report their steps from several threads.
class ParameterSuspicion {
 public:
  // `parameters` has an element a step, or is null where the argument is left out.
  ParameterSuspicion(const ParameterWarning* warning, const double* parameters, size_t steps)
      : warning_(warning), parameters_(parameters), steps_(steps) {
    if (warning == nullptr || parameters == nullptr ||
        std::none_of(parameters, parameters + steps, warning->is_invalid)) {
      return;
    }
    used_ = std::vector<std::atomic<uint64_t>>((steps + 63) / 64);
  }

  // Whether there is anything to suspect.
  bool any() const { return !used_.empty(); }

  void Look(const Block& block, size_t row) {
    const StepSpan span = block.span(row);
    if (used_.empty() || span.empty()) return;
    for (size_t word = span.first / 64; word <= (span.end - 1) / 64; ++word) {
      used_[word].fetch_or(block.presence(row)[word], std::memory_order_relaxed);
    }
  }

  void Warn(ExecContext& context, PositionRange position) const {
    for (size_t step = 0; step < steps_; ++step) {
      const uint64_t word = used_[step / 64].load(std::memory_order_relaxed);
      if ((word >> (step % 64) & 1) == 0 || !warning_->is_invalid(parameters_[step])) continue;
      context.annotations.Warn(absl::StrCat(Absl(warning_->text), GoShortest(parameters_[step])),
                               position);
    }
  }

 private:
  const ParameterWarning* const warning_;
  const double* const parameters_;
  const size_t steps_;
  std::vector<std::atomic<uint64_t>> used_;  // bits; empty if all parameters are valid
};

class RangeRowReader final : public RangeCallReader {
 public:
  // `parameters` are the call's scalar arguments, an element a step.
  RangeRowReader(const RangeCall& call, RangeKernel kernel, std::unique_ptr<RangeSource> source,
                 const StepGrid& grid, const Parameters& parameters, ExecContext& context)
      : RangeCallReader(call, source->series(), context),
        call_(call.call),
        kernel_(kernel),
        of_histograms_(FindHistogramRangeFunction(function_)),
        source_(std::move(source)),
        grid_(grid),
        parameters_(parameters),
        max_samples_(context.settings.options.max_samples),
        findings_(series().size()),
        suspicion_(WarningOf(function_.parameters), parameters_[0], grid.steps()) {}

  bool MayHaveHistograms() const override { return source_->AnyHistograms(); }

  void Fill(size_t begin, size_t end, Block* block, size_t first_row) override {
    Worker worker;
    for (size_t i = begin; i < end; ++i) FillRow(i, block, first_row + i - begin, &worker);
  }

  absl::Status Finish(ExecContext& context) override {
    absl::Status status = RangeCallReader::Finish(context);
    if (status.ok() && suspicion_.any()) suspicion_.Warn(context, PositionOfParameter());
    return status;
  }

 private:
  bool ChecksSmoothingFactors() const {
    return function_.parameters == ParameterRule::kSmoothingFactors;
  }

  PositionRange PositionOfArgument(size_t index) const {
    return Unparenthesized(*call_.arguments[index]).position;
  }
  // Prometheus gives the info of ignored histograms the place of the first argument, whichever that
  // is.
  PositionRange PositionOfInfo() const {
    return *function_.range_argument() == 0 ? range_.position : PositionOfArgument(0);
  }
  // Where the first scalar argument stands. REQUIRES: it is not left out.
  PositionRange PositionOfParameter() const {
    return PositionOfArgument(*function_.range_argument() == 0 ? 1 : 0);
  }

  SymbolPairs SelectedLabels(size_t index) const override {
    return source_->series().labels(index);
  }

  absl::Status Raise(size_t index, std::string_view metric_name,
                     Annotations* annotations) const override {
    const Findings& found = findings_[index];
    if (!found.error.ok()) return found.error;
    if (found.start_time_overlaps > 0) {
      annotations->WarnStartTimeOverlap(
          metric_name, static_cast<int64_t>(found.start_time_overlaps), range_.position);
    }
    found.of_histograms.Raise(metric_name, PositionOfInfo(), annotations);
    return absl::OkStatus();
  }

  struct Findings {
    size_t start_time_overlaps = 0;
    HistogramFindings of_histograms;
    absl::Status error;
  };

  // What depends on time alone, kept for the next series that shares the clock.
  struct Clock : WindowClock {
    PreparedExtrapolation extrapolation;
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
    held(index).results = block->CountPresent(row);
  }

  void FillNumbers(const SamplesView& samples, size_t index, Block* block, size_t row,
                   Worker* worker) {
    Clock& clock = worker->clock;
    const bool new_clock = !clock.Shows(samples);
    if (new_clock) clock.Set(samples, range_.reference, range_.before_ms, range_.after_ms);
    const StepSpan span = clock.span();
    if (span.empty()) return;
    if (MayExceedLimit(samples.size)) NoteWindowSizes(clock, &held(index));
    RangeInput input = MakeInput(samples, clock);
    input.scratch = &worker->kernel;
    if (new_clock && kernel_.prepare != nullptr) {
      kernel_.prepare(input, &clock.extrapolation);
    }
    if (ChecksSmoothingFactors()) {
      findings_[index].error = CheckFactors(input);
      if (!findings_[index].error.ok()) return;
    }
    worker->presence.assign((span.size() + 63) / 64, 0);
    const KernelFindings found =
        kernel_.run(input, block->values(row) + span.first, worker->presence.data());
    block->AddPresence(row, span.first, span.size(), worker->presence);
    block->TightenSpan(row);
    findings_[index].start_time_overlaps = found.start_time_overlaps;
    suspicion_.Look(*block, row);
  }

  // Whether it matters how many samples the ranges hold: it does not while all results and all
  // samples of a series together are within the limit.
  bool MayExceedLimit(size_t samples) const {
    const double results =
        static_cast<double>(series().size()) * static_cast<double>(grid_.steps());
    return results + static_cast<double>(samples) > static_cast<double>(max_samples_);
  }

  void NoteWindowSizes(const WindowClock& clock, RangeSamples* samples) const {
    const StepSpan span = clock.span();
    for (size_t i = 0; i < span.size(); ++i) {
      samples->largest_range = std::max<size_t>(samples->largest_range, clock.windows()[i].size());
    }
    if (span.end == grid_.steps()) samples->last_range = clock.windows()[span.size() - 1].size();
  }

  // The steps whose range holds a histogram. What the kernel made of their numbers is there
  // already.
  void FillHistograms(const SamplesView& numbers, size_t index, Block* block, size_t row) {
    const std::vector<HistogramSample> histograms = source_->ReadHistograms(index);
    if (histograms.empty()) return;
    const auto [span, windows] =
        HistogramWindows(histograms, range_.reference, range_.before_ms, range_.after_ms);
    std::vector<Window> number_windows;
    ComputeWindows(numbers.times, numbers.size, range_.reference, range_.before_ms, range_.after_ms,
                   span, &number_windows);
    RangeFindings found;
    for (size_t i = 0; i < span.size(); ++i) {
      if (windows[i].size() == 0) continue;
      const size_t step = span.first + i;
      if (ChecksSmoothingFactors() && findings_[index].error.ok()) {
        findings_[index].error = CheckSmoothingFactors(parameters_[0][step], parameters_[1][step]);
      }
      DiscountOverlap(numbers, number_windows[i], &findings_[index]);
      const MixedRange range =
          MakeMixedRange(numbers, number_windows[i],
                         std::span(histograms).subspan(windows[i].begin, windows[i].size()), step);
      Place(of_histograms_(range, &found), block, row, step);
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
    range.end_ms = range_.reference.at(step);
    range.start_ms = SubtractMilliseconds(range.end_ms, range_.range_ms);
    range.range_ms = range_.range_ms;
    range.modifier = range_.modifier;
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
    input.first_range_end_ms = range_.reference.at(clock.span().first);
    input.range_end_step_ms = range_.reference.step_ms;
    input.range_ms = range_.range_ms;
    input.lookback_ms = SubtractMilliseconds(range_.before_ms, range_.range_ms);
    input.first_evaluation_ms = grid_.time(clock.span().first);
    input.evaluation_step_ms = grid_.step_ms;
    for (size_t i = 0; i < parameters_.size(); ++i) {
      if (parameters_[i] == nullptr) break;
      input.parameters[i] = parameters_[i] + clock.span().first;
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

  const Call& call_;
  const RangeKernel kernel_;
  const HistogramRangeFunction of_histograms_;
  const std::unique_ptr<RangeSource> source_;
  const StepGrid grid_;
  const Parameters parameters_;
  const int64_t max_samples_;
  std::vector<Findings> findings_;  // one a series
  ParameterSuspicion suspicion_;
};

absl::StatusOr<RangeKernel> ChooseKernel(const RangeCall& call, const EngineOptions& options) {
  const RangeModifier modifier = call.range.modifier;
  if (!Allows(*call.call.function, modifier)) {
    return absl::FailedPreconditionError(
        absl::StrCat(AllowedFunctions(modifier), " - not with ", Absl(call.call.function->name)));
  }
  switch (modifier) {
    case RangeModifier::kAnchored:
      return call.kernels.anchored;
    case RangeModifier::kSmoothed:
      return call.kernels.smoothed;
    case RangeModifier::kExact:  // where it is allowed, the plan has an ExactRangeOperator
    case RangeModifier::kNone:
      break;
  }
  const bool old = options.compatibility == Compatibility::kPrometheus2;
  return old && call.kernels.prometheus2 ? call.kernels.prometheus2 : call.kernels.plain;
}

bool ReadsStartTimes(const RangeCall& call, const EngineOptions& options) {
  if (!options.use_start_timestamps || options.compatibility == Compatibility::kPrometheus2) {
    return false;
  }
  return call.kernels.uses_start_times && call.range.modifier != RangeModifier::kExact;
}

// Prometheus' reader first keeps as many samples as a range takes, then no more than a step adds.
std::optional<ReadingOrder> StatisticsOrder(const RangeVector& range,
                                            const EngineOptions& options) {
  if (!range.statistics_only) return std::nullopt;
  const int64_t lookback_ms = absl::ToInt64Milliseconds(options.lookback_delta);
  int64_t first_reach_ms = range.range_ms;
  if (range.modifier == RangeModifier::kAnchored) first_reach_ms += lookback_ms;
  if (range.modifier == RangeModifier::kSmoothed) first_reach_ms += 2 * lookback_ms;
  ReferenceTimes reference = range.reference;
  reference.first_ms = AddMilliseconds(reference.first_ms, range.after_ms);
  return ReadingOrder{reference, first_reach_ms, std::min(first_reach_ms, reference.step_ms)};
}

std::unique_ptr<RangeSource> OpenSource(const RangeCall& call, const ExecContext& context,
                                        std::span<const Block* const> inputs) {
  const RangeVector& range = call.range;
  if (range.subquery_grid) {
    return MakeBlockRangeSource(*inputs[call.range_index], *range.subquery_grid);
  }
  const EngineOptions& options = context.settings.options;
  RangeReading reading{range.min_ms(), range.max_ms()};
  if (ReadsStartTimes(call, options)) reading.start_times = Snapshot::StartTimes::kRead;
  reading.statistics = StatisticsOrder(range, options);
  return MakeStorageRangeSource(
      context, SelectSeries(context, range.matchers, reading.min_ms, reading.max_ms), reading);
}

}  // namespace

RangeFunctionOperator::RangeFunctionOperator(RangeCall call) : call_(std::move(call)) {}

std::string RangeFunctionOperator::Describe() const {
  const RangeVector& range = call_.range;
  if (!range.subquery_grid) return DescribeRangeCall(call_);
  return absl::StrCat(Absl(call_.call.function->name), " over subquery [",
                      absl::FormatDuration(absl::Milliseconds(range.range_ms)), ":",
                      absl::FormatDuration(absl::Milliseconds(range.subquery_grid->step_ms)), "]");
}

absl::StatusOr<std::unique_ptr<RowReader>> RangeFunctionOperator::OpenRows(
    ExecContext& context, const StepGrid& grid, std::span<const Block* const> inputs) const {
  absl::StatusOr<RangeKernel> kernel = ChooseKernel(call_, context.settings.options);
  if (!kernel.ok()) return kernel.status();
  // Each thread keeps a window for every step and perhaps what its kernel prepares: a cell's bytes,
  // or five times so many.
  const auto threads = static_cast<size_t>(context.threads.size());
  absl::Status fits =
      context.budget.CheckFits(kernel->prepare ? 5 * threads : threads, grid.steps());
  if (!fits.ok()) return fits;
  const absl::StatusOr<Parameters> parameters = ParametersOf(call_, inputs);
  if (!parameters.ok()) return parameters.status();
  return std::make_unique<RangeRowReader>(call_, *kernel, OpenSource(call_, context, inputs), grid,
                                          *parameters, context);
}

}  // namespace promlite::promql::internal
