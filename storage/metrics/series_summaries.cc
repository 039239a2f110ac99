#include "promlite/storage/metrics/series_summaries.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/container/flat_hash_set.h"

namespace promlite::internal {
namespace {

// The milliseconds of a question's time; both are in it.
struct Milliseconds {
  int64_t first;
  int64_t last;
};

Milliseconds TimesOf(const SeriesQuery& query) {
  int64_t first = absl::ToUnixMillis(query.start);
  if (absl::FromUnixMillis(first) < query.start) ++first;
  return {first, absl::ToUnixMillis(query.end)};
}

bool IsOfAllTime(const SeriesQuery& query) {
  return query.start == absl::InfinitePast() && query.end == absl::InfiniteFuture();
}

bool IsOfAllSeries(const SeriesQuery& query) {
  return query.selectors.empty() && IsOfAllTime(query);
}

std::vector<SeriesId> SelectAnyOf(const Snapshot& snapshot,
                                  const std::vector<std::vector<Matcher>>& selectors) {
  if (selectors.empty()) return snapshot.Select({});
  if (selectors.size() == 1) return snapshot.Select(selectors.front());
  absl::flat_hash_set<SeriesId> selected;
  for (const std::vector<Matcher>& matchers : selectors) {
    const std::vector<SeriesId> found = snapshot.Select(matchers);
    selected.insert(found.begin(), found.end());
  }
  std::vector<SeriesId> in_order = snapshot.Select({});
  std::erase_if(in_order, [&](SeriesId id) { return !selected.contains(id); });
  return in_order;
}

template <typename Visit>
void ForEachLabel(const Snapshot& snapshot, const SeriesQuery& query, Visit visit) {
  for (const SeriesId id : FindSeries(snapshot, query)) {
    for (const SymbolPair& label : snapshot.SeriesLabels(id)) {
      visit(snapshot.Symbol(label.name), snapshot.Symbol(label.value));
    }
  }
}

WriterStream ToWriterStream(const StreamSummary& summary) {
  WriterStream stream;
  if (summary.start_ns != 0) stream.start = absl::FromUnixNanos(summary.start_ns);
  stream.first = absl::FromUnixMillis(summary.first_ms);
  stream.last = absl::FromUnixMillis(summary.last_ms);
  stream.samples = summary.samples;
  stream.first_value = summary.first_value;
  stream.last_value = summary.last_value;
  return stream;
}

}  // namespace

std::vector<SeriesId> FindSeries(const Snapshot& snapshot, const SeriesQuery& query) {
  std::vector<SeriesId> series = SelectAnyOf(snapshot, query.selectors);
  if (IsOfAllTime(query)) return series;
  const Milliseconds times = TimesOf(query);
  std::erase_if(series, [&](SeriesId id) {
    return snapshot.SeriesMinTime(id) > times.last || snapshot.SeriesMaxTime(id) < times.first;
  });
  return series;
}

std::vector<std::string_view> FindLabelNames(const Snapshot& snapshot, const SeriesQuery& query) {
  if (IsOfAllSeries(query)) return snapshot.LabelNames();
  std::set<std::string_view> names;
  ForEachLabel(snapshot, query,
               [&](std::string_view name, std::string_view) { names.insert(name); });
  return {names.begin(), names.end()};
}

std::vector<std::string_view> FindLabelValues(const Snapshot& snapshot, std::string_view name,
                                              const SeriesQuery& query) {
  if (IsOfAllSeries(query)) return snapshot.LabelValues(name);
  std::set<std::string_view> values;
  ForEachLabel(snapshot, query, [&](std::string_view label, std::string_view value) {
    if (label == name) values.insert(value);
  });
  return {values.begin(), values.end()};
}

std::vector<LabelSummary> SummarizeLabels(const Snapshot& snapshot, const SeriesQuery& query) {
  std::map<std::string_view, std::map<std::string_view, size_t>> counts;
  ForEachLabel(snapshot, query,
               [&](std::string_view name, std::string_view value) { ++counts[name][value]; });
  std::vector<LabelSummary> summaries;
  summaries.reserve(counts.size());
  for (const auto& [name, values] : counts) {
    LabelSummary& summary = summaries.emplace_back();
    summary.name = std::string(name);
    for (const auto& [value, series] : values) {
      summary.series += series;
      summary.values.push_back({std::string(value), series});
    }
  }
  return summaries;
}

std::vector<SeriesSummary> SummarizeSeries(const Snapshot& snapshot, const SeriesQuery& query) {
  const Milliseconds times = TimesOf(query);
  std::vector<SeriesSummary> summaries;
  SampleBuffer buffer;
  for (const SeriesId id : FindSeries(snapshot, query)) {
    const SamplesView numbers =
        snapshot.Read(id, times.first, times.last, Snapshot::StartTimes::kSkip, &buffer);
    SeriesSummary& summary = summaries.emplace_back();
    summary.labels = snapshot.LabelsOf(id);
    summary.numbers = numbers.size;
    if (numbers.size == 0) continue;
    summary.first = absl::FromUnixMillis(numbers.times[0]);
    summary.last = absl::FromUnixMillis(numbers.times[numbers.size - 1]);
    summary.last_value = numbers.values[numbers.size - 1];
  }
  return summaries;
}

std::vector<SeriesStreams> ListStreams(const Snapshot& snapshot, const SeriesQuery& query) {
  std::vector<SeriesStreams> lists;
  for (const SeriesId id : FindSeries(snapshot, query)) {
    SeriesStreams& list = lists.emplace_back();
    list.labels = snapshot.LabelsOf(id);
    for (const StreamSummary& summary : snapshot.Streams(id)) {
      list.streams.push_back(ToWriterStream(summary));
    }
  }
  return lists;
}

}  // namespace promlite::internal
