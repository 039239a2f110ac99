#ifndef PROMLITE_ENGINE_KERNELS_RANGE_KERNELS_H_
#define PROMLITE_ENGINE_KERNELS_RANGE_KERNELS_H_

#include <span>
#include <string_view>

#include "promlite/engine/kernels/exact_range.h"
#include "promlite/engine/kernels/range_kernel.h"

namespace promlite::internal {

// The kernels of one function of range vectors: one for each modifier that the language allows it,
// and none for any other.
struct RangeKernelSet {
  RangeKernel plain;
  // As in Prometheus 2.42, where that differs.
  RangeKernel prometheus2;
  RangeKernel anchored;
  RangeKernel smoothed;
  ExactKernel exact = nullptr;                // of each stream
  ExactKernel exact_of_increments = nullptr;  // of each stream of delta temporality
  // Reads start times, where the option says so; under `anchored` and `smoothed` too.
  bool uses_start_times = false;
};

struct NamedRangeKernels {
  std::string_view function;
  RangeKernelSet kernels;
};

// Of all functions of range vectors, by name.
std::span<const NamedRangeKernels> AllRangeKernels();

// Null if `function` is none of range vectors. absent_over_time has no kernel of its own: it is
// made from the rows of present_over_time.
const RangeKernelSet* FindRangeKernel(std::string_view function);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_KERNELS_RANGE_KERNELS_H_
