#ifndef PROMLITE_ENGINE_KERNELS_EXACT_RANGE_H_
#define PROMLITE_ENGINE_KERNELS_EXACT_RANGE_H_

#include <cstdint>

#include "promlite/engine/kernels/range_kernel.h"

namespace promlite::internal {

// What one stream of a counter (what a single process sent) counted in each step's range, under the
// modifier `exact`. No sample is NaN. The windows hold the samples inside the ranges; the samples
// go back to the last one before the first range, or, if there is none, to the stream's first.
//
// increase: (last value in the range - last value before it) + the value before each drop, where
// the value before the stream's first sample is `before_first`. No extrapolation: what was counted
// happens at the sample that reports it, so that adjoining ranges add up.
// resets: the drops, each at the sample that shows it.
using ExactKernel = void (*)(const RangeInput& input, double before_first, double* values,
                             uint64_t* presence);

void ExactIncrease(const RangeInput& input, double before_first, double* values,
                   uint64_t* presence);
void ExactResets(const RangeInput& input, double before_first, double* values, uint64_t* presence);

// The same of increments (of delta temporality), each of which counts by itself, whatever came
// before the first: their sum; and no resets.
void ExactIncreaseOfIncrements(const RangeInput& input, double before_first, double* values,
                               uint64_t* presence);
void ExactResetsOfIncrements(const RangeInput& input, double before_first, double* values,
                             uint64_t* presence);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_KERNELS_EXACT_RANGE_H_
