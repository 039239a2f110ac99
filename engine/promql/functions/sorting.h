#ifndef PROMLITE_ENGINE_PROMQL_FUNCTIONS_SORTING_H_
#define PROMLITE_ENGINE_PROMQL_FUNCTIONS_SORTING_H_

#include "promlite/engine/promql/functions/function_call.h"

namespace promlite::promql::internal {

// Order the rows where there is one evaluation time. Over several there is no one order: the rows
// stay as they are, with a warning.
absl::StatusOr<Block> Sort(const FunctionCall& call);
absl::StatusOr<Block> SortDesc(const FunctionCall& call);
absl::StatusOr<Block> SortByLabel(const FunctionCall& call);
absl::StatusOr<Block> SortByLabelDesc(const FunctionCall& call);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_FUNCTIONS_SORTING_H_
