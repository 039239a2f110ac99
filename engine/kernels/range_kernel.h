#ifndef PROMLITE_ENGINE_KERNELS_RANGE_KERNEL_H_
#define PROMLITE_ENGINE_KERNELS_RANGE_KERNEL_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "promlite/engine/kernels/windows.h"

namespace promlite::internal {

// Memory that kernels work in, kept from series to series. What a kernel left in it means nothing
// to the next.
struct KernelScratch {
  std::vector<double> values;
  std::vector<uint32_t> indices;
  std::vector<uint32_t> more_indices;
  std::vector<uint64_t> integers;
};

struct PreparedExtrapolation;

// What a range function is applied to: one series (of at least one sample) and some steps, both
// contiguous. No staleness markers among the samples.
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
  int64_t lookback_ms = 0;  // how much further back the windows reach
  int64_t first_evaluation_ms = 0;
  int64_t evaluation_step_ms = 0;

  // Scalar arguments, a value a step (in the order of the function's arguments), or null. No
  // function of range vectors has more than so many.
  static constexpr size_t kMaxParameters = 2;
  std::array<const double*, kMaxParameters> parameters{};

  // What RangeKernel::prepare made of the times and windows above; null for kernels without.
  const PreparedExtrapolation* extrapolation = nullptr;

  KernelScratch* scratch = nullptr;

  int64_t range_end_ms(size_t step) const {
    return StepTime(first_range_end_ms, range_end_step_ms, step);
  }
  int64_t range_start_ms(size_t step) const {
    return static_cast<int64_t>(static_cast<uint64_t>(range_end_ms(step)) -
                                static_cast<uint64_t>(range_ms));
  }
  int64_t evaluation_ms(size_t step) const {
    return StepTime(first_evaluation_ms, evaluation_step_ms, step);
  }

 private:
  // Wraps round at the ends of time, as Go does, where signed arithmetic would be undefined.
  static int64_t StepTime(int64_t first_ms, int64_t step_ms, size_t step) {
    return static_cast<int64_t>(static_cast<uint64_t>(first_ms) +
                                uint64_t{step} * static_cast<uint64_t>(step_ms));
  }
};

// What a kernel met that deserves an annotation.
struct KernelFindings {
  // Steps whose range holds a sample with a start time that overlaps with the sample before.
  size_t start_time_overlaps = 0;
};

// How a range function is calculated for one series.
struct RangeKernel {
  // Fills values[i] and sets bit i of `presence` (64 bits a word, all cleared before) for the steps
  // that have a result. The values of other steps are undefined afterwards.
  using Run = KernelFindings (*)(const RangeInput& input, double* values, uint64_t* presence);
  Run run = nullptr;

  // If not null: calculates what depends on times and windows alone and is the same for every
  // series that shares them (`values` and `start_times` are not looked at).
  using Prepare = void (*)(const RangeInput& input, PreparedExtrapolation* prepared);
  Prepare prepare = nullptr;

  explicit operator bool() const { return run != nullptr; }
};

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_KERNELS_RANGE_KERNEL_H_
