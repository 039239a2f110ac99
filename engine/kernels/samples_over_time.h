#ifndef PROMLITE_ENGINE_KERNELS_SAMPLES_OVER_TIME_H_
#define PROMLITE_ENGINE_KERNELS_SAMPLES_OVER_TIME_H_

#include <cstdint>

#include "promlite/engine/kernels/range_kernel.h"

namespace promlite::internal {

// The number of samples in the range; 1 if there are any.
KernelFindings CountOverTime(const RangeInput& input, double* values, uint64_t* presence);
KernelFindings PresentOverTime(const RangeInput& input, double* values, uint64_t* presence);

// The first and the last sample in the range, and when they were taken (seconds).
KernelFindings FirstOverTime(const RangeInput& input, double* values, uint64_t* presence);
KernelFindings LastOverTime(const RangeInput& input, double* values, uint64_t* presence);
KernelFindings TimeOfFirstOverTime(const RangeInput& input, double* values, uint64_t* presence);
KernelFindings TimeOfLastOverTime(const RangeInput& input, double* values, uint64_t* presence);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_KERNELS_SAMPLES_OVER_TIME_H_
