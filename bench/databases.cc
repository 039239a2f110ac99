#include "promlite/bench/databases.h"

#include <cstdio>
#include <cstdlib>
#include <map>

namespace promlite::bench {
namespace {

LoadedDay Load(const std::vector<GeneratedSeries>& series, const DataShape& shape) {
  LoadedDay day{.database = std::make_unique<Database>(),
                .shape = shape,
                .series = series.size(),
                .samples = CountSamples(series)};
  for (const GeneratedSeries& one : series) {
    const absl::Status status = day.database->Append(one.PrometheusLabels(), one.samples,
                                                     absl::FromUnixMillis(one.start_ms));
    if (!status.ok()) {
      std::fprintf(stderr, "%s\n", std::string(status.message()).c_str());
      std::exit(1);
    }
  }
  return day;
}

}  // namespace

const LoadedDay& SessionDay(size_t sessions) {
  static std::map<size_t, LoadedDay> days;
  const DataShape shape;
  auto [day, is_new] = days.try_emplace(sessions);
  if (is_new) day->second = Load(SessionSeries(sessions, shape), shape);
  return day->second;
}

const LoadedDay& DenseDay(size_t series) {
  static std::map<size_t, LoadedDay> days;
  const DataShape shape{.interval_ms = 15'000};
  auto [day, is_new] = days.try_emplace(series);
  if (is_new) day->second = Load(DenseSeries(series, shape), shape);
  return day->second;
}

}  // namespace promlite::bench
