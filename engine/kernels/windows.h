#ifndef PROMLITE_ENGINE_KERNELS_WINDOWS_H_
#define PROMLITE_ENGINE_KERNELS_WINDOWS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "promlite/parser/text/milliseconds.h"

namespace promlite::internal {

// The samples of one step's range: indices [begin, end) of the series' samples.
struct Window {
  uint32_t begin = 0;
  uint32_t end = 0;

  uint32_t size() const { return end - begin; }
};

// The time that a selector looks at, for each step of a grid: the step's own less the offset, or,
// under @, one time for all.
struct ReferenceTimes {
  int64_t first_ms = 0;
  int64_t step_ms = 0;  // 0 under @
  size_t steps = 0;

  int64_t at(size_t step) const {
    int64_t since_first;
    if (__builtin_mul_overflow(step, step_ms, &since_first)) {
      return std::numeric_limits<int64_t>::max();
    }
    return AddMilliseconds(first_ms, since_first);
  }
  int64_t last_ms() const { return steps == 0 ? first_ms : at(steps - 1); }
};

// The steps [first, end) of a grid.
struct StepSpan {
  size_t first = 0;
  size_t end = 0;

  size_t size() const { return end - first; }
  bool empty() const { return first >= end; }
};

// The steps of both spans.
inline StepSpan Intersection(StepSpan a, StepSpan b) {
  return {std::max(a.first, b.first), std::min(a.end, b.end)};
}

// The steps from the first to the last of either.
inline StepSpan Union(StepSpan a, StepSpan b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  return {std::min(a.first, b.first), std::max(a.end, b.end)};
}

// The steps whose range (reference - before, reference + after] can hold a sample of
// [first_sample_ms, last_sample_ms].
StepSpan LiveSteps(const ReferenceTimes& reference, int64_t before_ms, int64_t after_ms,
                   int64_t first_sample_ms, int64_t last_sample_ms);

// For each step of the span, the samples with times in (reference - before, reference + after].
// Prometheus 2.42's windows, closed on the left, are those of `before` one millisecond longer.
void ComputeWindows(const int64_t* times, size_t size, const ReferenceTimes& reference,
                    int64_t before_ms, int64_t after_ms, StepSpan span,
                    std::vector<Window>* windows);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_KERNELS_WINDOWS_H_
