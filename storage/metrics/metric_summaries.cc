#include "promlite/storage/metrics/metric_summaries.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>

#include "promlite/storage/metrics/streams/stream_overlap.h"

namespace promlite::internal {
namespace {

struct FamilySuffix {
  std::string_view suffix;
  std::string_view family_type;
};

// OpenMetrics' rules of which sample names belong to a family of which type.
constexpr FamilySuffix kFamilySuffixes[] = {
    {"_bucket", "histogram"},      {"_sum", "histogram"},
    {"_count", "histogram"},       {"_created", "histogram"},
    {"_sum", "summary"},           {"_count", "summary"},
    {"_created", "summary"},       {"_total", "counter"},
    {"_created", "counter"},       {"_info", "info"},
    {"_bucket", "gaugehistogram"}, {"_gsum", "gaugehistogram"},
    {"_gcount", "gaugehistogram"}};

// What is gathered of one metric beside what is shown of it.
struct Gathered {
  MetricSummary summary;
  int64_t first_ms = INT64_MAX;
  int64_t last_ms = INT64_MIN;
};

std::string_view MetricNameOf(const Snapshot& snapshot, SeriesId id) {
  for (const SymbolPair& label : snapshot.SeriesLabels(id)) {
    if (snapshot.Symbol(label.name) == kMetricName) return snapshot.Symbol(label.value);
  }
  return {};
}

void AddSeries(const Snapshot& snapshot, SeriesId id, Gathered* gathered) {
  ++gathered->summary.series;
  gathered->summary.samples += snapshot.HasHistograms(id) ? CountMergedSamples(snapshot, id)
                                                          : snapshot.SeriesSampleCount(id);
  for (const StreamSummary& stream : snapshot.Streams(id)) {
    gathered->first_ms = std::min(gathered->first_ms, stream.first_ms);
    gathered->last_ms = std::max(gathered->last_ms, stream.last_ms);
  }
}

MetricSummary Complete(const Snapshot& snapshot, std::string_view name, Gathered gathered) {
  MetricSummary& summary = gathered.summary;
  summary.name = std::string(name);
  if (std::optional<MetricMetadata> metadata = FindMetadata(snapshot, name)) {
    summary.type = std::move(metadata->type);
    summary.unit = std::move(metadata->unit);
    summary.help = std::move(metadata->help);
  }
  summary.first = absl::FromUnixMillis(gathered.first_ms);
  summary.last = absl::FromUnixMillis(gathered.last_ms);
  return std::move(summary);
}

}  // namespace

std::optional<MetricMetadata> FindMetadata(const Snapshot& snapshot, std::string_view metric) {
  if (std::optional<MetricMetadata> exact = snapshot.Metadata(metric)) return exact;
  for (const FamilySuffix& rule : kFamilySuffixes) {
    if (!metric.ends_with(rule.suffix)) continue;
    std::optional<MetricMetadata> family =
        snapshot.Metadata(metric.substr(0, metric.size() - rule.suffix.size()));
    if (family.has_value() && family->type == rule.family_type) return family;
  }
  return std::nullopt;
}

std::vector<MetricSummary> SummarizeMetrics(const Snapshot& snapshot) {
  std::map<std::string_view, Gathered> metrics;
  for (const SeriesId id : snapshot.Select({})) {
    AddSeries(snapshot, id, &metrics[MetricNameOf(snapshot, id)]);
  }
  for (const StreamOverlap& overlap : FindStreamOverlaps(snapshot)) {
    MetricSummary& summary = metrics[MetricNameOf(snapshot, overlap.series)].summary;
    ++summary.overlapping_series;
    summary.most_writers = std::max(summary.most_writers, overlap.writers);
    if (!snapshot.HasHistograms(overlap.series)) summary.samples -= overlap.collisions;
  }
  std::vector<MetricSummary> summaries;
  summaries.reserve(metrics.size());
  for (auto& [name, gathered] : metrics) {
    summaries.push_back(Complete(snapshot, name, std::move(gathered)));
  }
  return summaries;
}

}  // namespace promlite::internal
