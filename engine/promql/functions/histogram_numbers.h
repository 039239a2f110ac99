#ifndef PROMLITE_ENGINE_PROMQL_FUNCTIONS_HISTOGRAM_NUMBERS_H_
#define PROMLITE_ENGINE_PROMQL_FUNCTIONS_HISTOGRAM_NUMBERS_H_

#include "promlite/engine/promql/functions/function_call.h"

namespace promlite::promql::internal {

// What a native histogram says of its observations; nothing of samples that are numbers. Of the
// labels, immediate name removal takes only the metric's name.
absl::StatusOr<Block> HistogramCount(const FunctionCall& call);
absl::StatusOr<Block> HistogramSum(const FunctionCall& call);
absl::StatusOr<Block> HistogramAvg(const FunctionCall& call);
absl::StatusOr<Block> HistogramStddev(const FunctionCall& call);
absl::StatusOr<Block> HistogramStdvar(const FunctionCall& call);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_FUNCTIONS_HISTOGRAM_NUMBERS_H_
