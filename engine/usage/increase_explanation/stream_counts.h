#ifndef PROMLITE_ENGINE_USAGE_INCREASE_EXPLANATION_STREAM_COUNTS_H_
#define PROMLITE_ENGINE_USAGE_INCREASE_EXPLANATION_STREAM_COUNTS_H_

#include <cstdint>
#include <vector>

#include "promlite/engine/usage/increase_explanation/increase_explanation.h"
#include "promlite/storage/metrics/snapshot.h"

namespace promlite::internal {

// The streams of a series that have samples in (after_ms, max_ms], what is neither NaN nor a
// staleness marker, and what each counted there.
std::vector<ExplainedStream> CountStreams(const Snapshot& snapshot, SeriesId id, int64_t after_ms,
                                          int64_t max_ms);

// The most of them whose first and last sample have a moment between them, or at them, in common.
size_t WritersAtATime(const std::vector<ExplainedStream>& streams);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_USAGE_INCREASE_EXPLANATION_STREAM_COUNTS_H_
