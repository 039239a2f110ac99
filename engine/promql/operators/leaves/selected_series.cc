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

}  // namespace promlite::promql::internal
