#ifndef PROMLITE_ENGINE_KERNELS_RANGE_KERNEL_H_
#define PROMLITE_ENGINE_KERNELS_RANGE_KERNEL_H_

#include <cstddef>
#include <cstdint>

namespace promlite::internal {

// The samples of one step's range: indices [begin, end) of the series' samples.
struct Window {
  uint32_t begin = 0;
  uint32_t end = 0;
};

// What a range function is applied to: one series and some steps, both contiguous. No staleness
// markers among the samples.
struct RangeInput {
  const int64_t* times = nullptr;  // milliseconds, strictly ascending
  const double* values = nullptr;
  const int64_t* start_times = nullptr;  // milliseconds, 0 = unknown; null unless in use
  size_t size = 0;

  // For each step: its window. Begins and ends never decrease from step to step. For `anchored` and
  // `smoothed` the windows include the samples fetched beyond the range.
  const Window* windows = nullptr;
  size_t steps = 0;

  // Step i looks at the range (range_end(i) - range_ms, range_end(i)]; with an offset or @ this is
  // not the evaluation time, which is evaluation_ms(i).
  int64_t first_range_end_ms = 0;
  int64_t range_end_step_ms = 0;  // 0 under @
  int64_t range_ms = 0;
  int64_t first_evaluation_ms = 0;
  int64_t evaluation_step_ms = 0;

  // Scalar arguments, a value a step (in the order of the function's arguments), or null.
  const double* parameters[2] = {nullptr, nullptr};

  int64_t range_end_ms(size_t step) const {
    return first_range_end_ms + static_cast<int64_t>(step) * range_end_step_ms;
  }
  int64_t evaluation_ms(size_t step) const {
    return first_evaluation_ms + static_cast<int64_t>(step) * evaluation_step_ms;
  }
};

// Fills values[i] and sets bit i of `presence` for the steps that have a result. Bits come in
// cleared; values of other steps are left alone.
// Returns what it met that deserves an annotation.
struct KernelFindings {
  bool start_time_overlap = false;  // "sample has start time that overlaps ..."
};
using RangeKernel = KernelFindings (*)(const RangeInput& input, double* values, uint64_t* presence);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_KERNELS_RANGE_KERNEL_H_
