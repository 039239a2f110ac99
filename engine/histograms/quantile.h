#ifndef PROMLITE_ENGINE_HISTOGRAMS_QUANTILE_H_
#define PROMLITE_ENGINE_HISTOGRAMS_QUANTILE_H_

#include "promlite/storage/metrics/histograms/histogram.h"

namespace promlite::internal {

// What observations of NaN, which are in the count but in no bucket, did to an answer.
enum class NanEffect {
  kNone,
  kResultIsNan,   // the quantile is among them
  kSkewedHigher,  // they count as more than all others
  kLeftOut,       // of all fractions
};

// histogram_quantile of a native histogram: the value of rank q * count. Within custom buckets and
// the zero bucket observations are taken to be spread evenly, within exponential ones evenly on a
// logarithmic scale. Looked for from below up to a half, else from above.
double HistogramQuantile(double q, const Histogram& histogram, NanEffect* effect);

// histogram_fraction: the share of observations in [lower, upper], by the same rules.
double HistogramFraction(double lower, double upper, const Histogram& histogram, NanEffect* effect);

// histogram_stdvar: the variance of the observations, each taken to be in the middle of its bucket.
double HistogramVariance(const Histogram& histogram);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_HISTOGRAMS_QUANTILE_H_
