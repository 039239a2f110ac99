#ifndef PROMLITE_ENGINE_KERNELS_EXTENDED_RANGE_H_
#define PROMLITE_ENGINE_KERNELS_EXTENDED_RANGE_H_

#include <cstdint>

#include "promlite/engine/kernels/range_kernel.h"

namespace promlite::internal {

// Ranges that look beyond their borders. The input's windows reach a lookback delta further back
// and, under `smoothed`, further ahead.
//
// `anchored`: the value at the range's start is that of the newest sample before it, or else of the
// first one behind; the value at its end that of its last sample.
// `smoothed`: both values lie on the line between the neighbours; a counter that is reset between
// them begins the line at zero. Without a neighbour on the outer side, the sample itself stands in.
//
// The result is their difference, and for counters what was lost at resets; no extrapolation.
//
// Rate and increase look at the input's start times, if it has any, as Prometheus 3.16 does: a
// counter that began since the lookback's beginning stood at zero until it did, so that its first
// event counts; and one that began behind the sample before was reset, even if it did not fall.
KernelFindings AnchoredRate(const RangeInput& input, double* values, uint64_t* presence);
KernelFindings AnchoredIncrease(const RangeInput& input, double* values, uint64_t* presence);
KernelFindings AnchoredDelta(const RangeInput& input, double* values, uint64_t* presence);
KernelFindings SmoothedRate(const RangeInput& input, double* values, uint64_t* presence);
KernelFindings SmoothedIncrease(const RangeInput& input, double* values, uint64_t* presence);
KernelFindings SmoothedDelta(const RangeInput& input, double* values, uint64_t* presence);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_KERNELS_EXTENDED_RANGE_H_
