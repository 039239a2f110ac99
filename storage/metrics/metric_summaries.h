#ifndef PROMLITE_STORAGE_METRICS_METRIC_SUMMARIES_H_
#define PROMLITE_STORAGE_METRICS_METRIC_SUMMARIES_H_

#include <optional>
#include <string_view>
#include <vector>

#include "promlite/storage/metrics/metric_summary.h"
#include "promlite/storage/metrics/snapshot.h"

namespace promlite::internal {

// What was said about a metric: about the name itself, or about the family that it belongs to by
// its suffix: `x_bucket`, `x_sum`, `x_count`, `x_created` to the histogram or summary x, `x_total`
// and `x_created` to the counter x, `x_info` to the info x.
std::optional<MetricMetadata> FindMetadata(const Snapshot& snapshot, std::string_view metric);

// One for each metric name, sorted.
std::vector<MetricSummary> SummarizeMetrics(const Snapshot& snapshot);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_METRICS_METRIC_SUMMARIES_H_
