#ifndef PROMLITE_ENGINE_KERNELS_VARIANCE_OVER_TIME_H_
#define PROMLITE_ENGINE_KERNELS_VARIANCE_OVER_TIME_H_

#include <cstdint>

#include "promlite/engine/kernels/range_kernel.h"

namespace promlite::internal {

// The range's population variance and its root, by Welford's method with both accumulators
// compensated.
KernelFindings StdvarOverTime(const RangeInput& input, double* values, uint64_t* presence);
KernelFindings StddevOverTime(const RangeInput& input, double* values, uint64_t* presence);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_KERNELS_VARIANCE_OVER_TIME_H_
