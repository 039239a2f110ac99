#include "promlite/engine/histograms/mean.h"

#include <utility>

namespace promlite::internal {

HistogramMerge HistogramMean::Add(const Histogram& other) {
  count_ += 1;
  bool reconciled = false;
  if (!moves_) {
    CompensatedHistogram next = sum_;
    const HistogramMerge merge = next.Add(other);
    if (!merge.compatible || !next.HasOverflow()) {
      sum_ = std::move(next);
      return merge;
    }
    reconciled = merge.bounds_reconciled;
    moves_ = true;
    sum_.Divide(count_ - 1);
  }
  sum_.Multiply((count_ - 1) / count_);
  Histogram part = other;
  DivideHistogram(count_, &part);
  HistogramMerge merge = sum_.Add(part);
  merge.bounds_reconciled |= reconciled;
  return merge;
}

Histogram HistogramMean::Mean() const {
  if (moves_) return sum_.Total();
  CompensatedHistogram mean = sum_;
  mean.Divide(count_);
  return mean.Total();
}

}  // namespace promlite::internal
