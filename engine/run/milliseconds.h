#ifndef PROMLITE_ENGINE_RUN_MILLISECONDS_H_
#define PROMLITE_ENGINE_RUN_MILLISECONDS_H_

#include <cstdint>
#include <limits>

namespace promlite::internal {

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

#endif  // PROMLITE_ENGINE_RUN_MILLISECONDS_H_
