#ifndef PROMLITE_BENCH_CLAUDE_CODE_DATA_H_
#define PROMLITE_BENCH_CLAUDE_CODE_DATA_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "promlite/storage/labels/labels.h"
#include "promlite/storage/metrics/sample.h"

namespace promlite::bench {

// A counter of Claude Code: its name as the exporter sends it, and as Prometheus stores it.
struct Metric {
  std::string_view otlp_name;
  std::string_view unit;
  std::string_view prometheus_name;  // "..._total"
};

// What one process counted under one set of attributes.
struct GeneratedSeries {
  const Metric* metric = nullptr;
  // As sent, such as "user.id" and "session.id".
  std::vector<std::pair<std::string, std::string>> attributes;
  int64_t start_ms = 0;  // when the writer began to count
  std::vector<Sample> samples;

  // As Prometheus' OTLP receiver translates them.
  Labels PrometheusLabels() const;
};

// A day of a team, the same for the same shape: counters grow by whole numbers (costs by
// fractions), and a series appears with its first event.
struct DataShape {
  int64_t first_ms = 1'760'000'400'000;
  int64_t duration_ms = int64_t{24} * 60 * 60 * 1000;
  int64_t interval_ms = 60'000;
  uint64_t seed = 1;
};

// `sessions` sessions, each with an id of its own in the labels of its ten to twenty series, that
// begin at any time of the day and last from minutes to hours.
std::vector<GeneratedSeries> SessionSeries(size_t sessions, const DataShape& shape);

// `count` series of token usage that live all day, ten exporters' by turns, each exporter with a
// restart in the day.
std::vector<GeneratedSeries> DenseSeries(size_t count, const DataShape& shape);

size_t CountSamples(const std::vector<GeneratedSeries>& series);

}  // namespace promlite::bench

#endif  // PROMLITE_BENCH_CLAUDE_CODE_DATA_H_
