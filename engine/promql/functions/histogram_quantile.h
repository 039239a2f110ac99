#ifndef PROMLITE_ENGINE_PROMQL_FUNCTIONS_HISTOGRAM_QUANTILE_H_
#define PROMLITE_ENGINE_PROMQL_FUNCTIONS_HISTOGRAM_QUANTILE_H_

#include "promlite/engine/promql/functions/function_call.h"

namespace promlite::promql::internal {

// Functions of native histograms and of classic ones alike: series that differ only in `le`, the
// upper bounds of cumulative buckets.
absl::StatusOr<Block> HistogramQuantileFunction(const FunctionCall& call);
// One series for each quantile, told apart by a label.
absl::StatusOr<Block> HistogramQuantilesFunction(const FunctionCall& call);
absl::StatusOr<Block> HistogramFractionFunction(const FunctionCall& call);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_FUNCTIONS_HISTOGRAM_QUANTILE_H_
