#ifndef PROMLITE_ENGINE_HISTOGRAMS_COMPENSATED_HISTOGRAM_H_
#define PROMLITE_ENGINE_HISTOGRAMS_COMPENSATED_HISTOGRAM_H_

#include <cmath>
#include <vector>

#include "promlite/engine/histograms/arithmetic.h"
#include "promlite/storage/histogram.h"

namespace promlite::internal {

// A running sum in Neumaier's way: `compensation` is what rounding took from it. As Prometheus does
// it: a sum that reaches infinity has lost nothing.
struct CompensatedValue {
  double sum = 0;
  double compensation = 0;

  void Add(double x) {
    const double t = sum + x;
    if (std::isinf(t)) {
      compensation = 0;
    } else if (std::abs(sum) >= std::abs(x)) {
      compensation += (sum - t) + x;
    } else {
      compensation += (x - t) + sum;
    }
    sum = t;
  }
};

// A histogram being summed, with the compensation of each of its counts: what sum, avg and their
// *_over_time use.
class CompensatedHistogram {
 public:
  explicit CompensatedHistogram(const Histogram& first);

  HistogramMerge Add(const Histogram& other);
  // For the incremental mean.
  void Multiply(double factor);
  void Divide(double divisor);

  // Whether a count or the sum is infinite.
  bool HasOverflow() const;
  // The sum with its compensation, its hint as merged from all.
  Histogram Total() const;

 private:
  Histogram sum_;
  // Nothing has been added: the compensation is nothing, not even zeros.
  bool is_single_ = true;
  // In the layout of sum_.
  Histogram compensation_;
};

// Widens the zero buckets of both until neither ends inside a populated bucket of the other;
// `compensation`, if given, follows `sum` bucket by bucket. Returns the count of other's, and what
// rounding took from that.
CompensatedValue ReconcileZeroBuckets(const Histogram& other, Histogram* sum,
                                      Histogram* compensation);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_HISTOGRAMS_COMPENSATED_HISTOGRAM_H_
