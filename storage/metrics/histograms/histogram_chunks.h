#ifndef PROMLITE_STORAGE_METRICS_HISTOGRAMS_HISTOGRAM_CHUNKS_H_
#define PROMLITE_STORAGE_METRICS_HISTOGRAMS_HISTOGRAM_CHUNKS_H_

#include "promlite/storage/metrics/histograms/histogram.h"

namespace promlite::internal {

// Prometheus keeps the native histograms of a series in chunks, and hands each sample out with a
// hint that follows from its place: the first of a chunk says "unknown", those behind it "not
// reset", since within a chunk no count ever falls; those of gauges say "gauge". What a sample said
// when it was sent is not handed out: a "reset" only begins a chunk, a "not reset" is not trusted.

// Whether `current` goes into the chunk whose last sample is `previous`, the sample before it in
// its series. A new chunk begins where gauges and counters meet, where a sample says "reset",
// behind a staleness marker (unless there are more of them), where schema, zero threshold or bounds
// change, and where a counter's count, zero count or any bucket fell. (Buckets that come newly in,
// and empty ones that are left out, only make Prometheus write the chunk anew.)
//
// Prometheus also cuts a chunk when it is full (of about 1 KiB) or its block ends (at multiples of
// two hours), and where integers and floating-point numbers meet. That changes nothing that can be
// seen: the sample behind such a cut says "unknown", and whoever looks finds no reset there.
bool ContinuesChunk(const Histogram& previous, const Histogram& current);

// The hint with which a sample is handed out.
CounterResetHint HintInChunk(const Histogram& sample, bool continues_chunk);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_METRICS_HISTOGRAMS_HISTOGRAM_CHUNKS_H_
