#include "promlite/engine/promql/operators/leaves/range_selector.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "promlite/engine/kernels/each_window.h"
#include "promlite/engine/kernels/range_borders.h"
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

// The samples of one series that are looked at.
ResultSeries ReadSeries(const RangeSource& source, size_t index, RangeScratch* scratch) {
  ResultSeries series;
  const SamplesView view = source.Read(index, scratch);
  series.samples.reserve(view.size);
  for (size_t i = 0; i < view.size; ++i) series.samples.push_back({view.times[i], view.values[i]});
  if (!source.HasHistograms(index)) return series;
  for (HistogramSample& sample : source.ReadHistograms(index)) {
    series.histograms.push_back({sample.timestamp_ms, std::move(sample.histogram)});
  }
  return series;
}

absl::Status Extend(const RangeVector& range, ResultSeries* series) {
  if (!series->histograms.empty()) {
    return absl::FailedPreconditionError(
        range.modifier == RangeModifier::kSmoothed
            ? "smoothed modifier is not supported with histograms"
            : "anchored modifier is not supported with histograms");
  }
  const int64_t end_ms = range.reference.first_ms;
  const int64_t start_ms = SubtractMilliseconds(end_ms, range.range_ms);
  series->samples = ExtendToRange(series->samples, start_ms, end_ms, range.modifier);
  return absl::OkStatus();
}

absl::Status Hold(const ResultSeries& series, QueryBudget* budget) {
  auto held = static_cast<int64_t>(series.samples.size());
  for (const HistogramPoint& point : series.histograms) held += SizeInSamples(*point.histogram);
  return budget->Hold(held, held * 16);
}

}  // namespace

absl::StatusOr<std::vector<ResultSeries>> ReadRangeSelector(const RangeVector& range,
                                                            ExecContext& context) {
  const std::unique_ptr<RangeSource> source = MakeStorageRangeSource(
      context, SelectSeries(context, range.matchers, range.min_ms(), range.max_ms()),
      {.min_ms = range.min_ms(), .max_ms = range.max_ms()});
  std::vector<ResultSeries> result;
  RangeScratch scratch;
  for (size_t i = 0; i < source->series().size(); ++i) {
    if (absl::Status s = context.budget.Check(); !s.ok()) return s;
    ResultSeries series = ReadSeries(*source, i, &scratch);
    if (range.modifier != RangeModifier::kNone) {
      if (absl::Status s = Extend(range, &series); !s.ok()) return s;
    }
    if (absl::Status s = Hold(series, &context.budget); !s.ok()) return s;
    if (series.samples.empty() && series.histograms.empty()) continue;
    series.labels = context.symbols.ToLabels(source->series().labels(i));
    result.push_back(std::move(series));
  }
  std::stable_sort(result.begin(), result.end(), [](const ResultSeries& a, const ResultSeries& b) {
    return a.labels < b.labels;
  });
  return result;
}

}  // namespace promlite::promql::internal
