#ifndef PROMLITE_ENGINE_HISTOGRAMS_MEAN_H_
#define PROMLITE_ENGINE_HISTOGRAMS_MEAN_H_

#include "promlite/engine/histograms/compensated_histogram.h"
#include "promlite/storage/metrics/histograms/histogram.h"

namespace promlite::internal {

// The mean of histograms: their compensated sum through their number; once the sum would overflow,
// a compensated moving mean.
class HistogramMean {
 public:
  explicit HistogramMean(const Histogram& first) : sum_(first) {}

  HistogramMerge Add(const Histogram& other);
  Histogram Mean() const;

 private:
  CompensatedHistogram sum_;  // or the mean, once it moves
  double count_ = 1;
  bool moves_ = false;
};

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_HISTOGRAMS_MEAN_H_
