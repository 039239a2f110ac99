#ifndef PROMLITE_ENGINE_KERNELS_RESETS_CHANGES_H_
#define PROMLITE_ENGINE_KERNELS_RESETS_CHANGES_H_

#include <cstdint>

#include "promlite/engine/kernels/range_kernel.h"

namespace promlite::internal {

// How often the value falls (or, by the start times, begins anew), and how often it changes, from
// sample to sample of the range. NaN after NaN is no change.
KernelFindings Resets(const RangeInput& input, double* values, uint64_t* presence);
KernelFindings Changes(const RangeInput& input, double* values, uint64_t* presence);

// `anchored`: counted from the newest sample at or before the range's start, if there is one.
// Nothing if the range itself holds no sample.
KernelFindings AnchoredResets(const RangeInput& input, double* values, uint64_t* presence);
KernelFindings AnchoredChanges(const RangeInput& input, double* values, uint64_t* presence);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_KERNELS_RESETS_CHANGES_H_
