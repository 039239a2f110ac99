#ifndef PROMLITE_STORAGE_METRICS_STREAMS_EXACT_SUM_H_
#define PROMLITE_STORAGE_METRICS_STREAMS_EXACT_SUM_H_

#include <cmath>
#include <cstddef>
#include <utility>

#include "absl/container/inlined_vector.h"

namespace promlite::internal {

// The sum of doubles as if it were rounded once, which no order of adding them changes: kept as
// partial sums that do not overlap (Shewchuk, "Adaptive Precision Floating-Point Arithmetic and
// Fast Robust Geometric Predicates", 1997), of which a few do, however many numbers come. A sum
// that leaves the range of doubles, or holds what is no finite number, is what plain addition makes
// of it.
class ExactSum {
 public:
  void Add(double number) {
    size_t kept = 0;
    for (double partial : partials_) {
      if (std::fabs(number) < std::fabs(partial)) std::swap(number, partial);
      const double sum = number + partial;
      if (!std::isfinite(sum)) return Leave(sum);
      const double rest = partial - (sum - number);
      if (rest != 0) partials_[kept++] = rest;
      number = sum;
    }
    if (!std::isfinite(number)) return Leave(number);
    partials_.resize(kept);
    partials_.push_back(number);
  }

  double Rounded() const {
    if (not_finite_ != 0) return not_finite_;
    if (partials_.empty()) return 0;
    size_t left = partials_.size() - 1;
    double sum = partials_[left];
    double rest = 0;
    while (left > 0 && rest == 0) {
      const double before = sum;
      const double partial = partials_[--left];
      sum = before + partial;
      rest = partial - (sum - before);
    }
    // Half a unit in the last place is rounded to even, unless what is left says which side.
    const bool goes_on = left > 0 && (rest < 0) == (partials_[left - 1] < 0) && rest != 0;
    const double twice = rest * 2;
    const double next = sum + twice;
    return goes_on && twice == next - sum ? next : sum;
  }

 private:
  // The range of finite numbers.
  void Leave(double sum) {
    not_finite_ += sum;
    partials_.clear();
  }

  absl::InlinedVector<double, 2> partials_;  // ascending in magnitude
  double not_finite_ = 0;
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_METRICS_STREAMS_EXACT_SUM_H_
