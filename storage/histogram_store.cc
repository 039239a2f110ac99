#include "promlite/storage/histogram_store.h"

#include <algorithm>
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

std::shared_ptr<const Histogram> WithHint(const std::shared_ptr<const Histogram>& histogram,
                                          CounterResetHint hint) {
  if (histogram->hint == hint) return histogram;
  auto hinted = std::make_shared<Histogram>(*histogram);
  hinted->hint = hint;
  return hinted;
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
  for (const auto& [time_ms, entry] : found->second) {
    while (number < numbers.size && numbers.times[number] < time_ms) {
      previous = nullptr;
      ++number;
    }
    const bool begins = previous == nullptr || BeginsChunk(*previous, *entry.histogram);
    previous = entry.histogram.get();
    if (time_ms < min_ms || time_ms > max_ms) continue;
    const CounterResetHint hint = IsGauge(*entry.histogram) ? CounterResetHint::kGauge
                                  : begins                  ? CounterResetHint::kUnknown
                                                            : CounterResetHint::kNotReset;
    samples.push_back({time_ms, entry.start_ns / 1'000'000, WithHint(entry.histogram, hint)});
  }
  return samples;
}

}  // namespace promlite::internal
