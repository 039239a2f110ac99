#include "promlite/engine/promql/operators/leaves/selected_series.h"

namespace promlite::promql::internal {

SelectedSeries SelectSeries(const ExecContext& context, const std::vector<Matcher>& matchers,
                            int64_t min_ms, int64_t max_ms) {
  SelectedSeries selected;
  for (const SeriesId id : context.snapshot.Select(matchers)) {
    if (context.snapshot.SeriesMaxTime(id) < min_ms ||
        context.snapshot.SeriesMinTime(id) > max_ms) {
      continue;
    }
    selected.ids.push_back(id);
    selected.labels.Add(context.snapshot.SeriesLabels(id));
  }
  return selected;
}

StepWindows HistogramWindows(const std::vector<HistogramSample>& histograms,
                             const ReferenceTimes& reference, int64_t before_ms, int64_t after_ms) {
  std::vector<int64_t> times;
  times.reserve(histograms.size());
  for (const HistogramSample& sample : histograms) times.push_back(sample.timestamp_ms);
  StepWindows found;
  found.span = LiveSteps(reference, before_ms, after_ms, times.front(), times.back());
  ComputeWindows(times.data(), times.size(), reference, before_ms, after_ms, found.span,
                 &found.windows);
  return found;
}

}  // namespace promlite::promql::internal
