#include "promlite/bench/range_query.h"

#include "promlite/bench/counters.h"
#include "promlite/engine/engine.h"

namespace promlite::bench {
namespace {

absl::StatusOr<QueryResult> Run(const LoadedDay& day, const std::string& query,
                                absl::Duration step) {
  EngineOptions options;
  options.threads = 1;
  return Engine(day.database.get(), options)
      .Range(query, absl::FromUnixMillis(day.shape.first_ms),
             absl::FromUnixMillis(day.shape.first_ms + day.shape.duration_ms), step);
}

// The sum over the steps of a query with one series.
size_t CountCells(const LoadedDay& day, const std::string& selector, absl::Duration step) {
  const auto counts = Run(day, "count(" + selector + ")", step);
  double cells = 0;
  if (counts.ok() && !counts->series.empty()) {
    for (const Sample& sample : counts->series[0].samples) cells += sample.value;
  }
  return static_cast<size_t>(cells);
}

}  // namespace

void RangeQuery(benchmark::State& state, const LoadedDay& day, const std::string& query,
                const std::string& cells_of, absl::Duration step) {
  for (auto _ : state) {
    auto result = Run(day, query, step);
    if (!result.ok()) {
      state.SkipWithError(std::string(result.status().message()).c_str());
      break;
    }
    benchmark::DoNotOptimize(result);
  }
  ReportCells(state, CountCells(day, cells_of, step));
}

}  // namespace promlite::bench
