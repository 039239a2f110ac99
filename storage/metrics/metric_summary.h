#ifndef PROMLITE_STORAGE_METRICS_METRIC_SUMMARY_H_
#define PROMLITE_STORAGE_METRICS_METRIC_SUMMARY_H_

#include <cstddef>
#include <string>

#include "absl/time/time.h"

namespace promlite {

// What a database holds under one metric name.
struct MetricSummary {
  std::string name;
  // As its producer said; the series of a classic histogram or summary (`x_bucket`, `x_sum`,
  // `x_count`) tell that of the family `x`. Empty where nothing was said.
  std::string type;  // "counter", "gauge", "histogram", "summary", ..., "unknown"
  std::string unit;
  std::string help;

  size_t series = 0;
  size_t samples = 0;  // as PromQL sees them
  absl::Time first;    // of the metric's samples
  absl::Time last;

  // How many of the series several writers wrote at the same time, and how many writers at most:
  // no formula of Prometheus is right on those.
  size_t overlapping_series = 0;
  size_t most_writers = 0;  // at least 2 where overlapping_series > 0, otherwise 0
};

}  // namespace promlite

#endif  // PROMLITE_STORAGE_METRICS_METRIC_SUMMARY_H_
