#ifndef PROMLITE_ENGINE_KERNELS_EXTRAPOLATION_H_
#define PROMLITE_ENGINE_KERNELS_EXTRAPOLATION_H_

#include <cstdint>
#include <vector>

#include "promlite/engine/kernels/range_kernel.h"

namespace promlite::internal {

// rate, increase and delta: the difference of a range's last and first sample (and, for counters,
// what was lost at resets between them), stretched to the borders of the range. A border further
// away than 1.1 average sample distances is taken to lie beyond the end of the series: there the
// stretch is half a distance. A counter is not stretched back beyond the time at which it would
// have been zero.

// Which of these functions. Rate and increase take the series for a counter, whose drops are
// resets; rate divides by the range.
enum class RateKind { kRate, kIncrease, kDelta };

// What of this depends on times alone: calculated once for all series that share their times. One
// element a step.
struct PreparedExtrapolation {
  // The indices of the window's first and last sample; both 0 where it has fewer than two.
  std::vector<uint32_t> first, last;
  std::vector<double> sampled_seconds;  // between them
  // The zero of a counter limits the stretch if it lies closer to the first sample than this.
  std::vector<double> start_seconds;
  // What the difference is multiplied with if it does not limit.
  std::vector<double> factor;
  // A bit a step, set where there are two samples or more.
  std::vector<uint64_t> presence;
};

void PrepareRate(const RangeInput& input, PreparedExtrapolation* prepared);
void PrepareIncrease(const RangeInput& input, PreparedExtrapolation* prepared);

// Both counters' kernels look at the input's start times, if it has any.
KernelFindings Rate(const RangeInput& input, double* values, uint64_t* presence);
KernelFindings Increase(const RangeInput& input, double* values, uint64_t* presence);
// Prepared as increase is.
KernelFindings Delta(const RangeInput& input, double* values, uint64_t* presence);

// Prometheus 2.42 looks at a counter's zero first, and then compares the distance with the
// threshold of 1.1 sample distances; since 2.51 it is the other way round.
void PrepareRatePrometheus2(const RangeInput& input, PreparedExtrapolation* prepared);
void PrepareIncreasePrometheus2(const RangeInput& input, PreparedExtrapolation* prepared);
KernelFindings RatePrometheus2(const RangeInput& input, double* values, uint64_t* presence);
KernelFindings IncreasePrometheus2(const RangeInput& input, double* values, uint64_t* presence);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_KERNELS_EXTRAPOLATION_H_
