#ifndef PROMLITE_STORAGE_METRICS_STREAM_TEMPORALITY_H_
#define PROMLITE_STORAGE_METRICS_STREAM_TEMPORALITY_H_

#include <cstdint>

namespace promlite::internal {

// What the numbers of a stream are, as their sender declared them, and who is shown what of them.
// A label set has one stream of increments (kDelta, kDeltaBeside), whoever sent them and whatever
// starts they bear, and of the other kinds one for each start.
enum class StreamTemporality : uint8_t {
  // Each is the total since the stream's start.
  kCumulative,
  // Each is what was added since the one before. Readers of the series see the running total,
  // readers of streams the increments.
  kDelta,
  // Increments that readers of the series see as they were sent (otlp-native-delta-ingestion).
  kDeltaAsSent,
  // Increments that only readers of streams see; those of the series see the totals beside them,
  // which another stream (kAddedUp) holds, and which only they see (otlp-deltatocumulative).
  kDeltaBeside,
  kAddedUp,
};

// Whether the numbers are increments that one stream of the label set collects.
inline bool CollectsIncrements(StreamTemporality temporality) {
  return temporality == StreamTemporality::kDelta || temporality == StreamTemporality::kDeltaBeside;
}
inline bool HoldsIncrements(StreamTemporality temporality) {
  return CollectsIncrements(temporality) || temporality == StreamTemporality::kDeltaAsSent;
}
// Whether the readers of the series, such as PromQL, see the stream.
inline bool IsPartOfSeries(StreamTemporality temporality) {
  return temporality != StreamTemporality::kDeltaBeside;
}
// Whether the readers of streams, such as `exact`, see it.
inline bool IsCountedByStream(StreamTemporality temporality) {
  return temporality != StreamTemporality::kAddedUp;
}

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_METRICS_STREAM_TEMPORALITY_H_
