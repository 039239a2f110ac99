#ifndef PROMLITE_ENGINE_WINDOWS_H_
#define PROMLITE_ENGINE_WINDOWS_H_

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "promlite/engine/engine_options.h"
#include "promlite/engine/kernels/range_kernel.h"
#include "promlite/engine/step_grid.h"
#include "promlite/parser/ast.h"

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

// `query_grid` says what `@ start()` and `@ end()` mean.
ReferenceTimes MakeReferenceTimes(const StepGrid& grid, const AtModifier& at, int64_t offset_ms,
                                  const StepGrid& query_grid);

// The steps [first, last) whose range (reference - before, reference + after] can hold a sample of
// [first_sample_ms, last_sample_ms].
struct StepSpan {
  size_t first = 0;
  size_t last = 0;

  size_t size() const { return last - first; }
  bool empty() const { return first >= last; }
};
StepSpan LiveSteps(const ReferenceTimes& reference, int64_t before_ms, int64_t after_ms,
                   int64_t first_sample_ms, int64_t last_sample_ms);

// For each step of the span, the samples with times in (reference - before, reference + after].
// Prometheus 2.42's windows, closed on the left, are those of `before` one millisecond longer.
void ComputeWindows(const int64_t* times, size_t size, const ReferenceTimes& reference,
                    int64_t before_ms, int64_t after_ms, StepSpan span,
                    std::vector<Window>* windows);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_WINDOWS_H_
