#ifndef PROMLITE_ENGINE_KERNELS_LAST_TWO_SAMPLES_H_
#define PROMLITE_ENGINE_KERNELS_LAST_TWO_SAMPLES_H_

#include <cstdint>

#include "promlite/engine/kernels/range_kernel.h"

namespace promlite::internal {

// The difference of a range's last two samples: per second for irate, which counts from zero after
// a reset, as it is for idelta.
KernelFindings Irate(const RangeInput& input, double* values, uint64_t* presence);
KernelFindings Idelta(const RangeInput& input, double* values, uint64_t* presence);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_KERNELS_LAST_TWO_SAMPLES_H_
