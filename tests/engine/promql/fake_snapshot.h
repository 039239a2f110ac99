#ifndef PROMLITE_TESTS_ENGINE_PROMQL_FAKE_SNAPSHOT_H_
#define PROMLITE_TESTS_ENGINE_PROMQL_FAKE_SNAPSHOT_H_

#include <algorithm>
#include <cstdint>
#include <deque>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "promlite/parser/promql/namespaces.h"
#include "promlite/storage/labels/labels.h"
#include "promlite/storage/metrics/snapshot.h"

namespace promlite::promql::internal {

// A snapshot of series written down in a test. Add all series before anything reads it.
class FakeSnapshot final : public Snapshot {
 public:
  // Samples in time order.
  void Add(const Labels& labels, std::vector<Sample> samples) {
    Series series{labels, {}, {}, {}};
    for (const auto& [name, value] : labels) {
      series.pairs.push_back({Intern(name), Intern(value)});
    }
    for (const Sample& sample : samples) {
      series.times.push_back(sample.timestamp_ms);
      series.values.push_back(sample.value);
    }
    series_.push_back(std::move(series));
    std::sort(series_.begin(), series_.end(),
              [](const Series& a, const Series& b) { return a.labels < b.labels; });
  }

  uint32_t symbol_count() const override { return static_cast<uint32_t>(symbols_.size()); }
  std::string_view Symbol(SymbolId id) const override { return symbols_[id.number()]; }
  std::optional<SymbolId> FindSymbol(std::string_view text) const override {
    const auto found = ids_.find(std::string(text));
    return found == ids_.end() ? std::nullopt : std::optional(found->second);
  }

  size_t series_count() const override { return series_.size(); }
  std::vector<SeriesId> Select(std::span<const Matcher> matchers) const override {
    std::vector<SeriesId> selected;
    for (size_t i = 0; i < series_.size(); ++i) {
      if (std::all_of(matchers.begin(), matchers.end(), [&](const Matcher& matcher) {
            return matcher.Matches(series_[i].labels.Get(matcher.name()));
          })) {
        selected.push_back(static_cast<SeriesId>(i));
      }
    }
    return selected;
  }
  SymbolPairs SeriesLabels(SeriesId id) const override { return series_[id.number()].pairs; }
  int64_t SeriesMinTime(SeriesId id) const override {
    return series_[id.number()].times.empty() ? std::numeric_limits<int64_t>::max()
                                              : series_[id.number()].times.front();
  }
  int64_t SeriesMaxTime(SeriesId id) const override {
    return series_[id.number()].times.empty() ? std::numeric_limits<int64_t>::min()
                                              : series_[id.number()].times.back();
  }

  size_t SeriesSampleCount(SeriesId id) const override { return series_[id.number()].times.size(); }

  SamplesView Read(SeriesId id, int64_t min_ms, int64_t max_ms, StartTimes,
                   SampleBuffer*) const override {
    const Series& s = series_[id.number()];
    const auto begin = std::lower_bound(s.times.begin(), s.times.end(), min_ms) - s.times.begin();
    const auto end = std::upper_bound(s.times.begin(), s.times.end(), max_ms) - s.times.begin();
    SamplesView view;
    if (begin >= end) return view;
    view.times = s.times.data() + begin;
    view.values = s.values.data() + begin;
    view.size = static_cast<size_t>(end - begin);
    view.has_staleness_markers = true;
    return view;
  }

  bool HasHistograms(SeriesId) const override { return false; }
  std::vector<HistogramSample> ReadHistograms(SeriesId, int64_t, int64_t) const override {
    return {};
  }

  std::vector<StreamSummary> Streams(SeriesId) const override { return {}; }
  std::vector<Sample> StreamSamples(SeriesId, size_t) const override { return {}; }
  void ReadStreams(SeriesId, int64_t, int64_t, SampleBuffer*,
                   absl::FunctionRef<void(const StreamView&)>) const override {}
  std::optional<int64_t> MinTime() const override { return std::nullopt; }
  std::optional<int64_t> MaxTime() const override { return std::nullopt; }
  size_t sample_count() const override { return 0; }
  std::vector<std::string_view> LabelNames() const override { return {}; }
  std::vector<std::string_view> LabelValues(std::string_view) const override { return {}; }
  std::optional<MetricMetadata> Metadata(std::string_view) const override { return std::nullopt; }
  std::vector<MetricFamily> Families() const override { return {}; }

 private:
  struct Series {
    Labels labels;
    std::vector<SymbolPair> pairs;
    std::vector<int64_t> times;
    std::vector<double> values;
  };

  SymbolId Intern(std::string_view text) {
    const auto [entry, is_new] =
        ids_.try_emplace(std::string(text), static_cast<SymbolId>(symbols_.size()));
    if (is_new) symbols_.emplace_back(text);
    return entry->second;
  }

  std::deque<std::string> symbols_;
  std::map<std::string, SymbolId> ids_;
  std::vector<Series> series_;
};

}  // namespace promlite::promql::internal

#endif  // PROMLITE_TESTS_ENGINE_PROMQL_FAKE_SNAPSHOT_H_
