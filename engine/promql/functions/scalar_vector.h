#ifndef PROMLITE_ENGINE_PROMQL_FUNCTIONS_SCALAR_VECTOR_H_
#define PROMLITE_ENGINE_PROMQL_FUNCTIONS_SCALAR_VECTOR_H_

#include "promlite/engine/promql/functions/function_call.h"

namespace promlite::promql::internal {

// scalar(): at each step the one sample's value, NaN if there are none or several.
absl::StatusOr<Block> ScalarOfVector(const FunctionCall& call);
// vector(): the scalar as a sample without labels.
absl::StatusOr<Block> VectorOfScalar(const FunctionCall& call);

absl::StatusOr<Block> Pi(const FunctionCall& call);
absl::StatusOr<Block> MaxOf(const FunctionCall& call);
absl::StatusOr<Block> MinOf(const FunctionCall& call);

// start(), end(), range(), step() of the query itself, in seconds, wherever they stand.
absl::StatusOr<Block> QueryStart(const FunctionCall& call);
absl::StatusOr<Block> QueryEnd(const FunctionCall& call);
absl::StatusOr<Block> QueryRange(const FunctionCall& call);
absl::StatusOr<Block> QueryStep(const FunctionCall& call);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_FUNCTIONS_SCALAR_VECTOR_H_
