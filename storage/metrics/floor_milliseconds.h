#ifndef PROMLITE_STORAGE_METRICS_FLOOR_MILLISECONDS_H_
#define PROMLITE_STORAGE_METRICS_FLOOR_MILLISECONDS_H_

#include <cstdint>

namespace promlite::internal {

// The millisecond that a time in nanoseconds lies in, before 1970 too.
inline int64_t FloorMilliseconds(int64_t time_ns) {
  constexpr int64_t kNanosecondsPerMillisecond = 1'000'000;
  return time_ns / kNanosecondsPerMillisecond - (time_ns % kNanosecondsPerMillisecond < 0 ? 1 : 0);
}

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_METRICS_FLOOR_MILLISECONDS_H_
