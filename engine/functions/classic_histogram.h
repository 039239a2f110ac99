#ifndef PROMLITE_ENGINE_FUNCTIONS_CLASSIC_HISTOGRAM_H_
#define PROMLITE_ENGINE_FUNCTIONS_CLASSIC_HISTOGRAM_H_

#include "promlite/engine/function_table.h"

namespace promlite::internal {

// Functions of classic histograms: series that differ only in `le`, the upper bounds of cumulative
// buckets.
absl::StatusOr<Block> HistogramQuantile(const FunctionCall& call);
// One series for each quantile, told apart by a label.
absl::StatusOr<Block> HistogramQuantiles(const FunctionCall& call);
absl::StatusOr<Block> HistogramFraction(const FunctionCall& call);

// histogram_count, _sum, _avg, _stddev and _stdvar, which look at histogram samples only: nothing
// of float samples.
absl::StatusOr<Block> OfHistogramSamplesOnly(const FunctionCall& call);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_FUNCTIONS_CLASSIC_HISTOGRAM_H_
