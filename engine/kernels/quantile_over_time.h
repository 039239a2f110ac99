#ifndef PROMLITE_ENGINE_KERNELS_QUANTILE_OVER_TIME_H_
#define PROMLITE_ENGINE_KERNELS_QUANTILE_OVER_TIME_H_

#include <cstdint>

#include "promlite/engine/kernels/range_kernel.h"

namespace promlite::internal {

// The quantile of parameter 0 over the range's samples, on the line between the two next to it;
// NaN counts as smallest. Quantiles below 0 and above 1 are -Inf and +Inf, that of NaN is NaN.
KernelFindings QuantileOverTime(const RangeInput& input, double* values, uint64_t* presence);

// As Prometheus 2.42: a sample next to an infinity is NaN.
KernelFindings QuantileOverTimePrometheus2(const RangeInput& input, double* values,
                                           uint64_t* presence);

// The median of the samples' distances from their median; NaN if one is NaN.
KernelFindings MadOverTime(const RangeInput& input, double* values, uint64_t* presence);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_KERNELS_QUANTILE_OVER_TIME_H_
