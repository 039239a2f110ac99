#ifndef PROMLITE_STORAGE_METRICS_HISTOGRAMS_HISTOGRAM_READER_H_
#define PROMLITE_STORAGE_METRICS_HISTOGRAMS_HISTOGRAM_READER_H_

#include <cstdint>
#include <span>
#include <vector>

#include "promlite/storage/metrics/histograms/histogram_run.h"
#include "promlite/storage/metrics/snapshot.h"

namespace promlite::internal {

// The native histograms of one of a series' streams.
struct HistogramStream {
  int64_t start_ns = 0;
  HistogramRun run;
};

// A native histogram of a series; of several at one time that of the stream with the later start.
struct MergedHistogram {
  int64_t time_ms = 0;
  int64_t start_ms = 0;
  const StoredHistogram* histogram = nullptr;
};

// Those with min_ms <= time <= max_ms, in time order.
std::vector<MergedHistogram> MergeHistograms(std::span<const HistogramStream> streams,
                                             int64_t min_ms, int64_t max_ms);

// Where a series has a number and a histogram at one time, that with the later start stays (in
// whole milliseconds), of equal ones the histogram. This takes away the numbers that do not;
// `numbers` has start times, and is `buffer`'s.
SamplesView WithoutHidden(const SamplesView& numbers, std::span<const MergedHistogram> histograms,
                          SampleBuffer* buffer);

// The histograms that stay, from min_ms on, each with the hint that Prometheus would hand it out
// with. REQUIRES: `numbers` (with start times) and `histograms` have all samples of the series from
// its last histogram before min_ms on, or from min_ms if there is none.
std::vector<HistogramSample> WithHints(const SamplesView& numbers,
                                       std::span<const MergedHistogram> histograms, int64_t min_ms);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_METRICS_HISTOGRAMS_HISTOGRAM_READER_H_
