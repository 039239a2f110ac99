#ifndef PROMLITE_PARSER_TEXT_MILLISECONDS_H_
#define PROMLITE_PARSER_TEXT_MILLISECONDS_H_

#include <cstdint>
#include <limits>

namespace promlite::internal {

// Times and durations are written in nanoseconds or seconds and counted in milliseconds; how one
// becomes the other is said here.
inline constexpr int64_t kNanosecondsPerMillisecond = 1'000'000;

// The millisecond that a time in nanoseconds lies in, before 1970 too.
inline int64_t FloorMilliseconds(int64_t time_ns) {
  return time_ns / kNanosecondsPerMillisecond - (time_ns % kNanosecondsPerMillisecond < 0 ? 1 : 0);
}

// Towards zero, as Prometheus converts durations and the times that it receives.
inline int64_t TruncatedMilliseconds(int64_t nanoseconds) {
  return nanoseconds / kNanosecondsPerMillisecond;
}

// Milliseconds added up, stopping at the first and the last moment that there is: @ and offset
// reach that far.
inline int64_t AddMilliseconds(int64_t a, int64_t b) {
  int64_t sum;
  if (!__builtin_add_overflow(a, b, &sum)) return sum;
  return b < 0 ? std::numeric_limits<int64_t>::min() : std::numeric_limits<int64_t>::max();
}
inline int64_t SubtractMilliseconds(int64_t a, int64_t b) {
  int64_t difference;
  if (!__builtin_sub_overflow(a, b, &difference)) return difference;
  return b > 0 ? std::numeric_limits<int64_t>::min() : std::numeric_limits<int64_t>::max();
}

}  // namespace promlite::internal

#endif  // PROMLITE_PARSER_TEXT_MILLISECONDS_H_
