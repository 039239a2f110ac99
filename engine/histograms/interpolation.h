#ifndef PROMLITE_ENGINE_HISTOGRAMS_INTERPOLATION_H_
#define PROMLITE_ENGINE_HISTOGRAMS_INTERPOLATION_H_

#include <optional>

#include "promlite/engine/histograms/findings.h"
#include "promlite/storage/metrics/histograms/histogram.h"
#include "promlite/storage/metrics/snapshot.h"

namespace promlite::internal {

// The histogram at a time on the line from one sample to the next, two counters or two gauges. A
// counter that was reset between them grew from zero. Nothing, and a finding, if one has
// exponential and the other custom buckets.
enum class HistogramKind { kCounter, kGauge };
std::optional<Histogram> InterpolateHistograms(const HistogramSample& a, const HistogramSample& b,
                                               int64_t at_ms, HistogramKind kind,
                                               HistogramFindings* findings);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_HISTOGRAMS_INTERPOLATION_H_
