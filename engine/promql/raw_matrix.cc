#include "promlite/engine/promql/raw_matrix.h"

#include <utility>

#include "promlite/engine/kernels/each_window.h"
#include "promlite/engine/kernels/range_borders.h"
#include "promlite/engine/promql/operators/leaves/range_modifiers.h"
#include "promlite/engine/promql/operators/leaves/range_source.h"
#include "promlite/engine/promql/plan/selector_matchers.h"
#include "promlite/engine/promql/windows.h"
#include "promlite/parser/text/milliseconds.h"

namespace promlite::promql::internal {
namespace {

double Interpolate(const Sample& a, const Sample& b, int64_t at_ms) {
  return a.value + (b.value - a.value) * MillisecondsBetween(a.timestamp_ms, at_ms) /
                       MillisecondsBetween(a.timestamp_ms, b.timestamp_ms);
}

// The range (min, max] of `samples`, which reach beyond it, with a point at each end: the value
// there under `anchored` (the newest sample before), on the line between the neighbours under
// `smoothed`.
std::vector<Sample> ExtendToRange(const std::vector<Sample>& samples, int64_t min_ms,
                                  int64_t max_ms, RangeModifier modifier) {
  if (samples.empty()) return {};
  const bool smoothed = modifier == RangeModifier::kSmoothed;
  const auto borders = FindRangeBorders(samples.begin(), samples.end(), min_ms, max_ms, smoothed,
                                        &Sample::timestamp_ms);
  if (!borders) return {};

  const auto [first, last] = *borders;
  double left = first->value;
  if (smoothed && first->timestamp_ms < min_ms) left = Interpolate(*first, *(first + 1), min_ms);
  double right = last->value;
  if (smoothed && last != samples.begin() && last->timestamp_ms > max_ms) {
    right = Interpolate(*(last - 1), *last, max_ms);
  }
  std::vector<Sample> extended = {{min_ms, left}};
  for (auto sample = first; sample <= last; ++sample) {
    if (sample->timestamp_ms > min_ms && sample->timestamp_ms < max_ms) extended.push_back(*sample);
  }
  extended.push_back({max_ms, right});
  return extended;
}

}  // namespace

absl::StatusOr<std::vector<ResultSeries>> EvaluateRangeSelector(const MatrixSelector& matrix,
                                                                ExecContext& context,
                                                                const QuerySettings& settings) {
  const VectorSelector& selector = *matrix.selector;
  if (selector.modifier == RangeModifier::kExact) {
    return absl::FailedPreconditionError(AllowedFunctions(selector.modifier));
  }
  absl::StatusOr<int64_t> range_ms = RangeMilliseconds(matrix.range, settings);
  if (!range_ms.ok()) return range_ms.status();
  absl::StatusOr<int64_t> offset_ms = OffsetMilliseconds(selector.offset, settings);
  if (!offset_ms.ok()) return offset_ms.status();
  absl::StatusOr<std::vector<Matcher>> matchers = CompileMatchers(selector);
  if (!matchers.ok()) return matchers.status();

  const bool closed_left = context.settings.options.compatibility == Compatibility::kPrometheus2;
  const int64_t lookback_ms = absl::ToInt64Milliseconds(context.settings.options.lookback_delta);
  const int64_t range_end =
      MakeReferenceTimes(settings.grid, selector.at, *offset_ms, settings.grid).first_ms;
  const int64_t range_start = SubtractMilliseconds(range_end, *range_ms);
  const bool extended = selector.modifier != RangeModifier::kNone;
  const int64_t after_ms = selector.modifier == RangeModifier::kSmoothed ? lookback_ms : 0;
  const int64_t min_ms = AddMilliseconds(
      SubtractMilliseconds(range_start, extended ? lookback_ms : 0), closed_left ? 0 : 1);
  const int64_t max_ms = AddMilliseconds(range_end, after_ms);

  const std::unique_ptr<RangeSource> source =
      MakeStorageRangeSource(context, SelectSeries(context, *matchers, min_ms, max_ms),
                             {.min_ms = min_ms, .max_ms = max_ms});
  std::vector<ResultSeries> result;
  RangeScratch scratch;
  for (size_t i = 0; i < source->series().size(); ++i) {
    if (absl::Status s = context.budget.Check(); !s.ok()) return s;
    const SamplesView view = source->Read(i, &scratch);
    ResultSeries series;
    series.samples.reserve(view.size);
    for (size_t k = 0; k < view.size; ++k)
      series.samples.push_back({view.times[k], view.values[k]});
    if (source->HasHistograms(i)) {
      for (HistogramSample& sample : source->ReadHistograms(i)) {
        series.histograms.push_back({sample.timestamp_ms, std::move(sample.histogram)});
      }
    }
    if (extended) {
      if (!series.histograms.empty()) {
        return absl::FailedPreconditionError(
            selector.modifier == RangeModifier::kSmoothed
                ? "smoothed modifier is not supported with histograms"
                : "anchored modifier is not supported with histograms");
      }
      series.samples = ExtendToRange(series.samples, range_start, range_end, selector.modifier);
    }
    auto held = static_cast<int64_t>(series.samples.size());
    for (const HistogramPoint& point : series.histograms) held += SizeInSamples(*point.histogram);
    if (absl::Status s = context.budget.Hold(held, held * 16); !s.ok()) return s;
    if (series.samples.empty() && series.histograms.empty()) continue;
    series.labels = context.symbols.ToLabels(source->series().labels(i));
    result.push_back(std::move(series));
  }
  return result;
}

}  // namespace promlite::promql::internal
