#include "promlite/engine/kernels/counter_resets.h"

#include <algorithm>
#include <bit>

#include "promlite/engine/kernels/each_window.h"

namespace promlite::internal {

bool IsStartTimeReset(int64_t previous_start, int64_t previous_time, int64_t start, int64_t time) {
  if (start == previous_start || start == 0 || start >= time) return false;
  if (start != previous_time) return start > previous_time;
  // The sample begins where the one before was taken: a delta, which is a reset every time, or a
  // cumulative counter of unknown start. The sample before tells them apart: only a delta's own
  // start is known, and lies before it.
  return previous_start != 0 && previous_start < previous_time;
}

bool IsStartTimeOverlap(int64_t previous_start, int64_t previous_time, int64_t start) {
  return start != 0 && start < previous_time && start != previous_start;
}

void FindDrops(const double* v, size_t begin, size_t end, std::vector<uint32_t>* drops) {
  // Most stretches have none: looking for one vectorises, collecting them does not. A falling value
  // shows in the sign of the difference (as NaN may, which the comparison then sorts out).
  constexpr size_t kStretch = 1024;
  for (size_t from = begin + 1; from < end; from += kStretch) {
    const size_t to = std::min(end, from + kStretch);
    uint64_t signs = 0;
    for (size_t i = from; i < to; ++i) signs |= std::bit_cast<uint64_t>(v[i] - v[i - 1]);
    if (signs >> 63 == 0) continue;
    for (size_t i = from; i < to; ++i) {
      if (v[i] < v[i - 1]) drops->push_back(static_cast<uint32_t>(i));
    }
  }
}

void FindResets(const RangeInput& input, std::vector<uint32_t>* resets) {
  resets->clear();
  const auto [begin, end] = SamplesInWindows(input);
  if (input.start_times == nullptr) {
    FindDrops(input.values, begin, end, resets);
    return;
  }
  const double* const v = input.values;
  const int64_t* const starts = input.start_times;
  for (size_t i = begin + 1; i < end; ++i) {
    if (v[i] < v[i - 1] ||
        IsStartTimeReset(starts[i - 1], input.times[i - 1], starts[i], input.times[i])) {
      resets->push_back(static_cast<uint32_t>(i));
    }
  }
}

}  // namespace promlite::internal
