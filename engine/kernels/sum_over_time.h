#ifndef PROMLITE_ENGINE_KERNELS_SUM_OVER_TIME_H_
#define PROMLITE_ENGINE_KERNELS_SUM_OVER_TIME_H_

#include <cstdint>

#include "promlite/engine/kernels/range_kernel.h"

namespace promlite::internal {

// Compensated sums of the range's samples, and those divided by their number. The mean of samples
// whose sum overflows moves from sample to sample instead.
KernelFindings SumOverTime(const RangeInput& input, double* values, uint64_t* presence);
KernelFindings AvgOverTime(const RangeInput& input, double* values, uint64_t* presence);

// As Prometheus 2.42: the mean always moves from sample to sample.
KernelFindings AvgOverTimePrometheus2(const RangeInput& input, double* values, uint64_t* presence);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_KERNELS_SUM_OVER_TIME_H_
