#ifndef PROMLITE_ENGINE_HISTOGRAMS_COMPENSATED_HISTOGRAM_H_
#define PROMLITE_ENGINE_HISTOGRAMS_COMPENSATED_HISTOGRAM_H_

#include "promlite/engine/histograms/arithmetic.h"
#include "promlite/storage/metrics/histograms/histogram.h"

namespace promlite::internal {

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

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_HISTOGRAMS_COMPENSATED_HISTOGRAM_H_
