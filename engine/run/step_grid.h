#ifndef PROMLITE_ENGINE_RUN_STEP_GRID_H_
#define PROMLITE_ENGINE_RUN_STEP_GRID_H_

#include <cstddef>
#include <cstdint>

namespace promlite::internal {

// The times at which an expression is evaluated: start, start + step, ... <= end, in milliseconds.
// An instant query is a grid of one step.
struct StepGrid {
  int64_t start_ms = 0;
  int64_t end_ms = 0;
  int64_t step_ms = 1;  // > 0

  size_t steps() const { return end_ms < start_ms ? 0 : StepsBehindStart() + 1; }
  int64_t time(size_t step) const {
    return static_cast<int64_t>(static_cast<uint64_t>(start_ms) +
                                step * static_cast<uint64_t>(step_ms));
  }
  // The last time that is evaluated (end_ms need not be one).
  int64_t last_ms() const { return end_ms < start_ms ? start_ms : time(StepsBehindStart()); }

  friend bool operator==(const StepGrid&, const StepGrid&) = default;

 private:
  // Unsigned: a grid can be longer than an int64_t says.
  size_t StepsBehindStart() const {
    const uint64_t length = static_cast<uint64_t>(end_ms) - static_cast<uint64_t>(start_ms);
    return static_cast<size_t>(length / static_cast<uint64_t>(step_ms));
  }
};

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_RUN_STEP_GRID_H_
