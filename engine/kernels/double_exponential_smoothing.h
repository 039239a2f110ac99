#ifndef PROMLITE_ENGINE_KERNELS_DOUBLE_EXPONENTIAL_SMOOTHING_H_
#define PROMLITE_ENGINE_KERNELS_DOUBLE_EXPONENTIAL_SMOOTHING_H_

#include <cstdint>

#include "promlite/engine/kernels/range_kernel.h"

namespace promlite::internal {

// The range's samples (two at least) smoothed by Holt's linear method: parameters 0 and 1 are the
// factors of level and trend, between 0 and 1.
KernelFindings DoubleExponentialSmoothing(const RangeInput& input, double* values,
                                          uint64_t* presence);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_KERNELS_DOUBLE_EXPONENTIAL_SMOOTHING_H_
