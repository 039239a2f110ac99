#include "promlite/engine/promql/operators/leaves/range_function.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "promlite/engine/promql/metric_name_removal.h"
#include "promlite/engine/promql/operators/leaves/histogram_range_function.h"
#include "promlite/engine/promql/operators/leaves/range_modifiers.h"
#include "promlite/engine/promql/operators/leaves/range_row_reader.h"
#include "promlite/parser/promql/ast.h"
#include "promlite/parser/promql/printer.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/parser/text/milliseconds.h"

namespace promlite::promql::internal {

RangeFunctionOperator::RangeFunctionOperator(const Call& call, size_t range_index,
                                             const RangeKernelSet& kernels, RangeArgument argument)
    : call_(call), range_index_(range_index), kernels_(kernels), argument_(std::move(argument)) {}

std::string RangeFunctionOperator::Describe() const {
  if (argument_.subquery_grid) {
    return absl::StrCat(Absl(call_.function->name), " over subquery [",
                        absl::FormatDuration(absl::Milliseconds(argument_.range_ms)), ":",
                        absl::FormatDuration(absl::Milliseconds(argument_.subquery_grid->step_ms)),
                        "]");
  }
  return absl::StrCat(Absl(call_.function->name), " of ", Print(*call_.arguments[range_index_]));
}

absl::StatusOr<RangeKernel> RangeFunctionOperator::ChooseKernel(const ExecContext& context) const {
  if (!Allows(*call_.function, argument_.modifier)) {
    return absl::FailedPreconditionError(absl::StrCat(AllowedFunctions(argument_.modifier),
                                                      " - not with ", Absl(call_.function->name)));
  }
  switch (argument_.modifier) {
    case RangeModifier::kAnchored:
      return kernels_.anchored;
    case RangeModifier::kSmoothed:
      return kernels_.smoothed;
    case RangeModifier::kExact:  // where it is allowed, the planner takes ExactRangeOperator
    case RangeModifier::kNone:
      break;
  }
  const bool old = context.settings.options.compatibility == Compatibility::kPrometheus2;
  return old && kernels_.prometheus2 ? kernels_.prometheus2 : kernels_.plain;
}

bool RangeFunctionOperator::ReadsStartTimes(const ExecContext& context) const {
  if (!context.settings.options.use_start_timestamps ||
      context.settings.options.compatibility == Compatibility::kPrometheus2) {
    return false;
  }
  switch (argument_.modifier) {
    case RangeModifier::kNone:
      return kernels_.uses_start_times;
    case RangeModifier::kAnchored:
      return kernels_.anchored_uses_start_times;
    case RangeModifier::kSmoothed:
    case RangeModifier::kExact:
      break;
  }
  return false;
}

// Where annotations about the range point to. Prometheus has lost a subquery's place by the time it
// raises them, and points to the beginning of the query.
PositionRange RangeFunctionOperator::RangePosition() const {
  if (argument_.subquery_grid) return PositionRange{};
  return Unparenthesized(*call_.arguments[range_index_]).position;
}

std::unique_ptr<RangeSource> RangeFunctionOperator::OpenSource(
    const ExecContext& context, const ReferenceTimes& reference, int64_t before_ms,
    int64_t after_ms, std::span<const Block* const> inputs) const {
  if (argument_.subquery_grid) {
    return MakeBlockRangeSource(*inputs[range_index_], *argument_.subquery_grid);
  }
  // The samples with times in (first - before, last + after].
  const int64_t min_ms = AddMilliseconds(SubtractMilliseconds(reference.first_ms, before_ms), 1);
  const int64_t max_ms = AddMilliseconds(reference.last_ms(), after_ms);
  RangeReading reading{min_ms, max_ms};
  if (ReadsStartTimes(context)) {
    reading.start_times = Snapshot::StartTimes::kRead;
    if (context.settings.options.histogram_start_timestamps) {
      reading.histogram_start_times = Snapshot::StartTimes::kRead;
    }
  }
  reading.statistics = StatisticsOrder(context, reference, after_ms);
  return MakeStorageRangeSource(context, SelectSeries(context, argument_.matchers, min_ms, max_ms),
                                reading);
}

// Prometheus' reader first keeps as many samples as a range takes, then no more than a step adds.
std::optional<ReadingOrder> RangeFunctionOperator::StatisticsOrder(const ExecContext& context,
                                                                   ReferenceTimes reference,
                                                                   int64_t after_ms) const {
  if (!argument_.statistics_only) return std::nullopt;
  const int64_t lookback_ms = absl::ToInt64Milliseconds(context.settings.options.lookback_delta);
  int64_t first_reach_ms = argument_.range_ms;
  if (argument_.modifier == RangeModifier::kAnchored) first_reach_ms += lookback_ms;
  if (argument_.modifier == RangeModifier::kSmoothed) first_reach_ms += 2 * lookback_ms;
  reference.first_ms = AddMilliseconds(reference.first_ms, after_ms);
  return ReadingOrder{reference, first_reach_ms, std::min(first_reach_ms, reference.step_ms)};
}

absl::StatusOr<std::unique_ptr<RowReader>> RangeFunctionOperator::Open(
    ExecContext& context, const StepGrid& grid, std::span<const Block* const> inputs) const {
  absl::StatusOr<RangeKernel> kernel = ChooseKernel(context);
  if (!kernel.ok()) return kernel.status();
  // Each thread keeps a window and perhaps a plan for every step: a cell's bytes, or five times so
  // many.
  const auto threads = static_cast<size_t>(context.threads.size());
  absl::Status fits = context.budget.CheckFits(kernel->plan ? 5 * threads : threads, grid.steps());
  if (!fits.ok()) return fits;

  const bool closed_left = context.settings.options.compatibility == Compatibility::kPrometheus2;
  const int64_t lookback_ms = absl::ToInt64Milliseconds(context.settings.options.lookback_delta);
  RangeRowOptions options;
  options.kernel = *kernel;
  options.reference =
      MakeReferenceTimes(grid, argument_.at, argument_.offset_ms, context.settings.grid);
  options.grid = grid;
  options.range_ms = argument_.range_ms;
  options.before_ms = AddMilliseconds(argument_.range_ms + (closed_left ? 1 : 0),
                                      argument_.modifier == RangeModifier::kNone ? 0 : lookback_ms);
  options.after_ms = argument_.modifier == RangeModifier::kSmoothed ? lookback_ms : 0;
  size_t parameters = 0;
  for (size_t i = 0; i < inputs.size(); ++i) {
    if (i == range_index_ || inputs[i] == nullptr) continue;
    if (parameters == options.parameters.size()) {
      return absl::InternalError(absl::StrCat("function ", Absl(call_.function->name),
                                              " has more scalar arguments than a kernel can read"));
    }
    options.parameters[parameters++] = inputs[i]->values(0);
  }
  const Function& function = *call_.function;
  options.of_histograms = FindHistogramRangeFunction(function);
  options.modifier = argument_.modifier;
  options.max_samples = context.settings.options.max_samples;
  options.suspects_counter = function.expects_counter;
  options.checks_smoothing_factors = function.parameters == ParameterRule::kSmoothingFactors;
  options.suspects_quantile = function.parameters == ParameterRule::kQuantile;
  options.range_position = RangePosition();
  options.first_argument_position = Unparenthesized(*call_.arguments[0]).position;

  std::unique_ptr<RangeSource> source =
      OpenSource(context, options.reference, options.before_ms, options.after_ms, inputs);
  SeriesSet series =
      function.keeps_metric_name ? source->series() : DropMetricName(source->series(), context);
  return MakeRangeRowReader(std::move(source), std::move(series), std::move(options));
}

bool RangeFunctionOperator::HasEqualSeries(ExecContext& context, const RowReader& reader) const {
  // What is made of the rows of another function does not look at labels.
  return !call_.function->keeps_metric_name && call_.function->rows_of.empty() &&
         !context.settings.options.delayed_name_removal && HasEqualLabels(reader.series());
}

}  // namespace promlite::promql::internal
