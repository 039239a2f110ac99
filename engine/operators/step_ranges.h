#ifndef PROMLITE_ENGINE_OPERATORS_STEP_RANGES_H_
#define PROMLITE_ENGINE_OPERATORS_STEP_RANGES_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "promlite/engine/block.h"
#include "promlite/engine/worker_pool.h"

namespace promlite::internal {

// Calls body(steps) for spans of steps that cover [0, steps), side by side; each has the words of
// presence bits of its steps to itself. `rows`: how many rows a step's work goes through.
template <typename Body>
void ForEachStepRange(const WorkerPool& workers, size_t steps, size_t rows, Body body) {
  constexpr size_t kGrainCells = 1 << 15;  // about as many as are worth another thread
  const size_t words = (steps + 63) / 64;
  const size_t grain = std::max<size_t>(1, kGrainCells / (64 * std::max<size_t>(1, rows)));
  workers.ParallelFor(words, grain, [&](size_t first_word, size_t last_word) {
    body(RowSpan{static_cast<uint32_t>(first_word * 64),
                 static_cast<uint32_t>(std::min(last_word * 64, steps))});
  });
}

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_OPERATORS_STEP_RANGES_H_
