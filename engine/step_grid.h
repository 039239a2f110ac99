#ifndef PROMLITE_ENGINE_STEP_GRID_H_
#define PROMLITE_ENGINE_STEP_GRID_H_

#include <cstddef>
#include <cstdint>

namespace promlite::internal {

// The times at which an expression is evaluated: start, start + step, ... <= end, in milliseconds.
// An instant query is a grid of one step.
struct StepGrid {
  int64_t start_ms = 0;
  int64_t end_ms = 0;
  int64_t step_ms = 1;  // > 0

  size_t steps() const {
    return end_ms < start_ms ? 0 : static_cast<size_t>((end_ms - start_ms) / step_ms) + 1;
  }
  int64_t time(size_t step) const { return start_ms + static_cast<int64_t>(step) * step_ms; }
  // The last time that is evaluated (end_ms need not be one).
  int64_t last_ms() const { return start_ms + (end_ms - start_ms) / step_ms * step_ms; }

  friend bool operator==(const StepGrid&, const StepGrid&) = default;
};

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_STEP_GRID_H_
