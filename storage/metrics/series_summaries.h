#ifndef PROMLITE_STORAGE_METRICS_SERIES_SUMMARIES_H_
#define PROMLITE_STORAGE_METRICS_SERIES_SUMMARIES_H_

#include <string_view>
#include <vector>

#include "promlite/storage/metrics/series_query.h"
#include "promlite/storage/metrics/snapshot.h"

namespace promlite::internal {

// What a snapshot answers to questions about its series; see Database for each.

// In label order, each once.
std::vector<SeriesId> FindSeries(const Snapshot& snapshot, const SeriesQuery& query);

// Sorted, views into the snapshot.
std::vector<std::string_view> FindLabelNames(const Snapshot& snapshot, const SeriesQuery& query);
std::vector<std::string_view> FindLabelValues(const Snapshot& snapshot, std::string_view name,
                                              const SeriesQuery& query);

std::vector<LabelSummary> SummarizeLabels(const Snapshot& snapshot, const SeriesQuery& query);
std::vector<SeriesSummary> SummarizeSeries(const Snapshot& snapshot, const SeriesQuery& query);
std::vector<SeriesStreams> ListStreams(const Snapshot& snapshot, const SeriesQuery& query);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_METRICS_SERIES_SUMMARIES_H_
