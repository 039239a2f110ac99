#ifndef PROMLITE_ENGINE_HISTOGRAMS_ZERO_BUCKETS_H_
#define PROMLITE_ENGINE_HISTOGRAMS_ZERO_BUCKETS_H_

#include "promlite/engine/kernels/kahan_sum.h"
#include "promlite/storage/metrics/histograms/histogram.h"

namespace promlite::internal {

// Widens the zero buckets of both until neither ends inside a populated bucket of the other;
// `compensation`, if given, follows `sum` bucket by bucket. Returns the count of other's, and what
// rounding took from that.
KahanSum ReconcileZeroBuckets(const Histogram& other, Histogram* sum, Histogram* compensation);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_HISTOGRAMS_ZERO_BUCKETS_H_
