#ifndef PROMLITE_ENGINE_KERNELS_EXTREMES_OVER_TIME_H_
#define PROMLITE_ENGINE_KERNELS_EXTREMES_OVER_TIME_H_

#include <cstdint>

#include "promlite/engine/kernels/range_kernel.h"

namespace promlite::internal {

// The smallest and the largest sample of the range; NaN only if it holds nothing else. Of equal
// ones (0 and -0) the first.
KernelFindings MinOverTime(const RangeInput& input, double* values, uint64_t* presence);
KernelFindings MaxOverTime(const RangeInput& input, double* values, uint64_t* presence);

// When it was taken, in seconds. Of equal ones the last.
KernelFindings TimeOfMinOverTime(const RangeInput& input, double* values, uint64_t* presence);
KernelFindings TimeOfMaxOverTime(const RangeInput& input, double* values, uint64_t* presence);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_KERNELS_EXTREMES_OVER_TIME_H_
