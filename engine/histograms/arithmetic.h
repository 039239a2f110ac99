#ifndef PROMLITE_ENGINE_HISTOGRAMS_ARITHMETIC_H_
#define PROMLITE_ENGINE_HISTOGRAMS_ARITHMETIC_H_

#include "promlite/parser/text/export.h"
#include "promlite/storage/metrics/histograms/histogram.h"

namespace promlite {

// What happened when two histograms were added or subtracted.
struct HistogramMerge {
  // False: one has exponential, the other custom buckets; nothing was done.
  bool compatible = true;
  // One hint said "reset", the other "not reset": the result's is unknown.
  bool hints_collided = false;
  // Their custom bounds differed: the result has those that both have.
  bool bounds_reconciled = false;
};

// sum += other, sum -= other. The coarser schema and the wider zero bucket win. Hints: a gauge
// makes a gauge, otherwise an unknown one makes it unknown.
PROMLITE_EXPORT HistogramMerge AddHistogram(const Histogram& other, Histogram* sum);
PROMLITE_EXPORT HistogramMerge SubtractHistogram(const Histogram& other, Histogram* sum);

// All counts and the sum times, or divided by, a number; a negative one makes a gauge. Division by
// zero leaves no buckets.
PROMLITE_EXPORT void MultiplyHistogram(double factor, Histogram* histogram);
PROMLITE_EXPORT void DivideHistogram(double divisor, Histogram* histogram);

// The hint of a result, and whether the two contradict each other.
PROMLITE_EXPORT CounterResetHint MergeHints(CounterResetHint a, CounterResetHint b, bool* collided);

}  // namespace promlite

#endif  // PROMLITE_ENGINE_HISTOGRAMS_ARITHMETIC_H_
