#ifndef PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_HISTOGRAM_STATISTICS_H_
#define PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_HISTOGRAM_STATISTICS_H_

#include <cstdint>
#include <span>
#include <vector>

#include "promlite/engine/kernels/windows.h"
#include "promlite/parser/promql/namespaces.h"
#include "promlite/storage/metrics/snapshot.h"

namespace promlite::promql::internal {

// Below some functions (see NoteHistogramStatistics()), Prometheus reads histograms without their
// buckets, and says of each whether there was a reset since the one that it read before: "reset"
// and "not reset" are then hints that show up in results and warnings.

// How Prometheus' reader moves through a series: to each step's reference time in turn, sample by
// sample, but where the next time is further away than `reach_ms` it leaps to the first sample that
// can matter, and forgets what it read before.
struct ReadingOrder {
  ReferenceTimes reference;
  int64_t first_reach_ms = 0;
  int64_t reach_ms = 0;  // from the second step on
};

// Leaves the counts, sums and schemas of a series' histograms (staleness markers are no histograms)
// and gives each the hint that such a reader gives it. `other_times` are those of the series'
// numbers.
void KeepStatistics(const ReadingOrder& order, std::span<const int64_t> other_times,
                    std::vector<HistogramSample>* histograms);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_HISTOGRAM_STATISTICS_H_
