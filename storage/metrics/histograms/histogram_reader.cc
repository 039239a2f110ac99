#include "promlite/storage/metrics/histograms/histogram_reader.h"

#include <algorithm>
#include <memory>

#include "promlite/parser/text/milliseconds.h"
#include "promlite/storage/metrics/histograms/histogram_chunks.h"
#include "promlite/storage/metrics/sample.h"

namespace promlite::internal {
namespace {

// Whether a number hides a histogram at the same time.
bool Hides(int64_t number_start_ms, const MergedHistogram& histogram) {
  return number_start_ms > histogram.start_ms;
}

}  // namespace

std::vector<MergedHistogram> MergeHistograms(std::span<const HistogramStream> streams,
                                             int64_t min_ms, int64_t max_ms) {
  struct Candidate {
    MergedHistogram histogram;
    int64_t start_ns;
  };
  std::vector<Candidate> candidates;
  for (const HistogramStream& stream : streams) {
    const HistogramEntry* entry =
        std::lower_bound(stream.run.begin(), stream.run.end(), min_ms,
                         [](const HistogramEntry& e, int64_t time) { return e.time_ms < time; });
    for (; entry != stream.run.end() && entry->time_ms <= max_ms; ++entry) {
      candidates.push_back(
          {{entry->time_ms, TruncatedMilliseconds(stream.start_ns), entry->histogram},
           stream.start_ns});
    }
  }
  if (streams.size() > 1) {
    std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
      return a.histogram.time_ms != b.histogram.time_ms ? a.histogram.time_ms < b.histogram.time_ms
                                                        : a.start_ns > b.start_ns;
    });
  }
  std::vector<MergedHistogram> merged;
  merged.reserve(candidates.size());
  for (const Candidate& candidate : candidates) {
    if (merged.empty() || merged.back().time_ms != candidate.histogram.time_ms) {
      merged.push_back(candidate.histogram);
    }
  }
  return merged;
}

SamplesView WithoutHidden(const SamplesView& numbers, std::span<const MergedHistogram> histograms,
                          SampleBuffer* buffer) {
  std::vector<size_t> hidden;
  size_t number = 0;
  for (const MergedHistogram& histogram : histograms) {
    while (number < numbers.size && numbers.times[number] < histogram.time_ms) ++number;
    if (number == numbers.size) break;
    if (numbers.times[number] == histogram.time_ms &&
        !Hides(numbers.start_times[number], histogram)) {
      hidden.push_back(number);
    }
  }
  if (hidden.empty()) return numbers;
  // Some of this is the buffer's already: then what is kept moves to the front of it.
  int64_t* times = Room(&buffer->times, numbers.size);
  double* values = Room(&buffer->values, numbers.size);
  int64_t* starts = Room(&buffer->start_times, numbers.size);
  size_t kept = 0;
  auto next_hidden = hidden.begin();
  for (size_t i = 0; i < numbers.size; ++i) {
    if (next_hidden != hidden.end() && *next_hidden == i) {
      ++next_hidden;
      continue;
    }
    times[kept] = numbers.times[i];
    values[kept] = numbers.values[i];
    starts[kept] = numbers.start_times[i];
    ++kept;
  }
  SamplesView view;
  view.times = times;
  view.values = values;
  view.size = kept;
  view.start_times = starts;
  view.has_staleness_markers =
      numbers.has_staleness_markers && std::any_of(values, values + kept, IsStalenessMarker);
  return view;
}

std::vector<HistogramSample> WithHints(const SamplesView& numbers,
                                       std::span<const MergedHistogram> histograms,
                                       int64_t min_ms) {
  std::vector<HistogramSample> samples;
  std::shared_ptr<const Histogram> previous;
  size_t number = 0;
  for (const MergedHistogram& merged : histograms) {
    for (; number < numbers.size && numbers.times[number] < merged.time_ms; ++number) {
      previous = nullptr;
    }
    if (number < numbers.size && numbers.times[number] == merged.time_ms) {
      if (Hides(numbers.start_times[number], merged)) continue;
      ++number;  // hidden, and so in nobody's way
    }
    auto sample = std::make_shared<Histogram>(LoadHistogram(*merged.histogram));
    // What `previous` was sent as decides, but its hint: that is the one it was handed out with,
    // which only says as much of it, whether it is a gauge.
    const bool continues = previous != nullptr && ContinuesChunk(*previous, *sample);
    sample->hint = HintInChunk(*sample, continues);
    if (merged.time_ms >= min_ms) samples.push_back({merged.time_ms, merged.start_ms, sample});
    previous = std::move(sample);
  }
  return samples;
}

}  // namespace promlite::internal
