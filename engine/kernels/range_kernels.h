#ifndef PROMLITE_ENGINE_KERNELS_RANGE_KERNELS_H_
#define PROMLITE_ENGINE_KERNELS_RANGE_KERNELS_H_

#include <string_view>

#include "promlite/engine/kernels/range_kernel.h"

namespace promlite::internal {

// The kernels of one function of range vectors.
struct RangeKernelSet {
  RangeKernel plain;
  // As in Prometheus 2.42, where that differs.
  RangeKernel prometheus2;
  // Over ranges with the modifiers `anchored` and `smoothed`, where the function allows them.
  RangeKernel anchored;
  RangeKernel smoothed;
  // The result keeps the metric name.
  bool keeps_name = false;
  // Reads start times, where the option says so. `anchored_uses_start_times`: under `anchored` too.
  bool uses_start_times = false;
  bool anchored_uses_start_times = false;
};

// Null if `function` is none of range vectors. absent_over_time has no kernel of its own: it is
// made from the rows of present_over_time.
const RangeKernelSet* FindRangeKernel(std::string_view function);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_KERNELS_RANGE_KERNELS_H_
