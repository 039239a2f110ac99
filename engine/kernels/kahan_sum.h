#ifndef PROMLITE_ENGINE_KERNELS_KAHAN_SUM_H_
#define PROMLITE_ENGINE_KERNELS_KAHAN_SUM_H_

#include <cmath>
#include <limits>

namespace promlite::internal {

// A sum that carries along what rounding has cut off: Kahan's summation in Neumaier's version,
// which also bears terms larger than the sum. A sum that reaches an infinity forgets its
// compensation. Every operation rounds to double: no fused multiply-add, no reordering.
struct KahanSum {
  double sum = 0;
  double compensation = 0;

  void Add(double term) {
    const double next = sum + term;
    const bool sum_is_larger = std::fabs(sum) >= std::fabs(term);
    const double larger = sum_is_larger ? sum : term;
    const double smaller = sum_is_larger ? term : sum;
    const double compensated = compensation + ((larger - next) + smaller);
    compensation = std::fabs(next) > std::numeric_limits<double>::max() ? 0 : compensated;
    sum = next;
  }

  double Total() const { return sum + compensation; }
};

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_KERNELS_KAHAN_SUM_H_
