#ifndef PROMLITE_ENGINE_KERNELS_LINEAR_REGRESSION_H_
#define PROMLITE_ENGINE_KERNELS_LINEAR_REGRESSION_H_

#include <cstdint>

#include "promlite/engine/kernels/range_kernel.h"

namespace promlite::internal {

// The least squares line through the range's samples (two at least). deriv: its slope per second.
// predict_linear: its value so many seconds (parameter 0) after the evaluation time.
KernelFindings Deriv(const RangeInput& input, double* values, uint64_t* presence);
KernelFindings PredictLinear(const RangeInput& input, double* values, uint64_t* presence);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_KERNELS_LINEAR_REGRESSION_H_
