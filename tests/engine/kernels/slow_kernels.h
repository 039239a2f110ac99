#ifndef PROMLITE_TESTS_ENGINE_KERNELS_SLOW_KERNELS_H_
#define PROMLITE_TESTS_ENGINE_KERNELS_SLOW_KERNELS_H_

#include "promlite/tests/engine/kernels/kernel_tester.h"

namespace promlite::internal {

// The functions of range vectors as Prometheus documents them: one window at a time, sample by
// sample, nothing kept from one step to the next. What the kernels have to equal, bit for bit.
Row SlowlyEvaluate(const TestSeries& series, const RangeCall& call);

}  // namespace promlite::internal

#endif  // PROMLITE_TESTS_ENGINE_KERNELS_SLOW_KERNELS_H_
