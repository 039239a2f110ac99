#ifndef PROMLITE_STORAGE_OTLP_METRICS_MEMORY_LIMITS_H_
#define PROMLITE_STORAGE_OTLP_METRICS_MEMORY_LIMITS_H_

#include <cstddef>

namespace promlite::internal {

inline constexpr size_t kMostKnownMetrics = size_t{1} << 16;
inline constexpr size_t kMostKnownStreams = size_t{1} << 20;
inline constexpr size_t kMostDeltaStreams = size_t{1} << 20;

// How much of what came with earlier requests is remembered; smaller in tests. What is known saves
// work and nothing else: beyond its limit it is forgotten, all at once, and learned again.
struct MemoryLimits {
  // Resources, scopes and metrics together, up to a kilobyte each. It is looked at before each
  // request, which may add as many as it has.
  size_t known_metrics = kMostKnownMetrics;
  // Streams to which the points of known series go, some fifty bytes each.
  size_t known_streams = kMostKnownStreams;
  // Streams of delta temporality that are added up, some half a kilobyte each. None is ever
  // forgotten, as its count would begin again from zero: points of further ones are dropped, and a
  // warning says so.
  size_t delta_streams = kMostDeltaStreams;
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_METRICS_MEMORY_LIMITS_H_
