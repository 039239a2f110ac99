#ifndef PROMLITE_ENGINE_HISTOGRAMS_TRIM_H_
#define PROMLITE_ENGINE_HISTOGRAMS_TRIM_H_

#include "promlite/storage/metrics/histograms/histogram.h"

namespace promlite::internal {

// Which observations a trim operator keeps: `histogram </ bound` those at or below the bound,
// `histogram >/ bound` those at or above it.
enum class TrimKeeps { kBelow, kAbove };

// Empties the buckets on the other side and divides the one that the bound lies in: evenly in a
// custom or the zero bucket, evenly on a logarithmic scale in an exponential one. If that changes
// anything, count and sum are estimated anew from what is left.
void TrimHistogram(double bound, TrimKeeps keeps, Histogram* histogram);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_HISTOGRAMS_TRIM_H_
