#include "promlite/storage/histogram_store.h"

#include <algorithm>
#include <map>
#include <span>
#include <utility>

namespace promlite::internal {
namespace {

bool IsGauge(const Histogram& histogram) { return histogram.hint == CounterResetHint::kGauge; }

// Whether Prometheus begins a chunk with `current`, behind `previous`.
bool BeginsChunk(const Histogram& previous, const Histogram& current) {
  if (previous.IsStalenessMarker()) return !current.IsStalenessMarker();
  if (current.IsStalenessMarker()) return false;
  if (current.hint == CounterResetHint::kReset || IsGauge(previous) != IsGauge(current) ||
      current.schema != previous.schema || current.zero_threshold != previous.zero_threshold ||
      current.custom_bounds != previous.custom_bounds) {
    return true;
  }
  if (IsGauge(current)) return false;
  // What the sample itself says is not trusted.
  Histogram unknown = current;
  unknown.hint = CounterResetHint::kUnknown;
  return DetectReset(unknown, previous);
}

// Adds empty buckets to each list so that all have the same ones.
void ShareBuckets(const std::vector<std::vector<HistogramBucket>*>& lists) {
  std::map<int32_t, double> all;
  for (const auto* list : lists) {
    for (const HistogramBucket& bucket : *list) all.emplace(bucket.index, 0);
  }
  for (auto* list : lists) {
    if (list->size() == all.size()) continue;
    std::map<int32_t, double> counts = all;
    for (const HistogramBucket& bucket : *list) counts[bucket.index] = bucket.count;
    list->clear();
    for (const auto& [index, count] : counts) list->push_back({index, count});
  }
}

// The histograms of a chunk have one layout there, and hints by their place in it.
void DeliverChunk(std::span<HistogramSample> chunk) {
  std::vector<std::shared_ptr<Histogram>> histograms;
  std::vector<std::vector<HistogramBucket>*> positive, negative;
  for (const HistogramSample& sample : chunk) {
    auto delivered = std::make_shared<Histogram>(*sample.histogram);
    if (!delivered->IsStalenessMarker()) {
      positive.push_back(&delivered->positive);
      negative.push_back(&delivered->negative);
    }
    if (!IsGauge(*delivered)) {
      delivered->hint =
          histograms.empty() ? CounterResetHint::kUnknown : CounterResetHint::kNotReset;
    }
    histograms.push_back(std::move(delivered));
  }
  ShareBuckets(positive);
  ShareBuckets(negative);
  for (size_t i = 0; i < chunk.size(); ++i) chunk[i].histogram = std::move(histograms[i]);
}

}  // namespace

void HistogramStore::Add(SeriesId series, int64_t time_ms, int64_t start_ns,
                         const Histogram& histogram) {
  const auto [entry, is_new] = series_[series].try_emplace(time_ms);
  if (!is_new && entry->second.start_ns > start_ns) return;
  entry->second = {start_ns, std::make_shared<const Histogram>(histogram)};
  min_ms_ = size_ == 0 ? time_ms : std::min(min_ms_, time_ms);
  max_ms_ = size_ == 0 ? time_ms : std::max(max_ms_, time_ms);
  if (is_new) ++size_;
}

std::vector<HistogramSample> HistogramStore::Read(SeriesId series, int64_t min_ms, int64_t max_ms,
                                                  const SamplesView& numbers) const {
  std::vector<HistogramSample> samples;
  const auto found = series_.find(series);
  if (found == series_.end()) return samples;
  const Histogram* previous = nullptr;
  size_t number = 0;
  std::vector<size_t> chunks;  // where each begins
  for (const auto& [time_ms, entry] : found->second) {
    while (number < numbers.size && numbers.times[number] < time_ms) {
      previous = nullptr;
      ++number;
    }
    if (previous == nullptr || BeginsChunk(*previous, *entry.histogram)) {
      chunks.push_back(samples.size());
    }
    previous = entry.histogram.get();
    samples.push_back({time_ms, entry.start_ns / 1'000'000, entry.histogram});
  }
  chunks.push_back(samples.size());
  for (size_t i = 0; i + 1 < chunks.size(); ++i) {
    DeliverChunk(std::span(samples).subspan(chunks[i], chunks[i + 1] - chunks[i]));
  }
  std::erase_if(samples, [&](const HistogramSample& sample) {
    return sample.timestamp_ms < min_ms || sample.timestamp_ms > max_ms;
  });
  return samples;
}

}  // namespace promlite::internal
