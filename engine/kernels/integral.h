#ifndef PROMLITE_ENGINE_KERNELS_INTEGRAL_H_
#define PROMLITE_ENGINE_KERNELS_INTEGRAL_H_

#include <cstdint>

#include "promlite/engine/kernels/range_kernel.h"

namespace promlite::internal {

// How the area between two neighbouring samples is taken.
enum class IntegralStrategy { kLeftPoint = 0, kRightPoint = 1, kTrapezoid = 2 };

// Whether `number` is that of a strategy.
bool IsIntegralStrategy(double number);

// The area under the range's samples, value times seconds: the compensated sum of what lies between
// neighbours, by the strategy that parameter 0 numbers (without it, or if it numbers none, by
// trapezoids). A NaN counts as zero; the area of one sample is 0. The operations and their order
// are Prometheus 3.16's.
KernelFindings Integral(const RangeInput& input, double* values, uint64_t* presence);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_KERNELS_INTEGRAL_H_
