#include "promlite/engine/operators/selected_series.h"

namespace promlite::internal {

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

bool NamesMayDiffer(const ExecContext& context, const SeriesSet& series) {
  if (series.empty()) return false;
  const QuerySymbols& symbols = context.symbols;
  const SymbolId first_name = QuerySymbols::Find(series.labels(0), symbols.metric_name());
  for (size_t row = 0; row < series.size(); ++row) {
    for (const SymbolPair& pair : series.labels(row)) {
      if (pair.name == symbols.type() || pair.name == symbols.unit()) return true;
    }
    if (QuerySymbols::Find(series.labels(row), symbols.metric_name()) != first_name) return true;
  }
  return false;
}

}  // namespace promlite::internal
