#ifndef PROMLITE_ENGINE_BLOCKS_PARALLEL_LOOPS_H_
#define PROMLITE_ENGINE_BLOCKS_PARALLEL_LOOPS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "promlite/engine/blocks/block.h"
#include "promlite/storage/machine/thread_pool.h"

namespace promlite::internal {

// About as many cells as are worth another thread.
inline constexpr size_t kGrainCells = 1 << 15;

// Calls body(steps) for spans of steps that cover [0, steps), side by side; each has the words of
// presence bits of its steps to itself. `rows`: how many rows a step's work goes through.
template <typename Body>
void ForEachStepRange(ThreadPool& pool, size_t steps, size_t rows, Body body) {
  const size_t words = (steps + 63) / 64;
  const size_t grain = std::max<size_t>(1, kGrainCells / (64 * std::max<size_t>(1, rows)));
  pool.ParallelFor(words, grain, [&](size_t first_word, size_t end_word) {
    body(StepSpan{first_word * 64, std::min(end_word * 64, steps)});
  });
}

// Calls body(row) for every row in [0, rows) of `steps` cells each, side by side.
template <typename Body>
void ForEachRow(ThreadPool& pool, size_t rows, size_t steps, Body body) {
  const size_t grain = std::max<size_t>(1, kGrainCells / std::max<size_t>(1, steps));
  pool.ParallelFor(rows, grain, [&](size_t begin, size_t end) {
    for (size_t row = begin; row < end; ++row) body(row);
  });
}

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_BLOCKS_PARALLEL_LOOPS_H_
