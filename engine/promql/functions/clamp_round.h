#ifndef PROMLITE_ENGINE_PROMQL_FUNCTIONS_CLAMP_ROUND_H_
#define PROMLITE_ENGINE_PROMQL_FUNCTIONS_CLAMP_ROUND_H_

#include "promlite/engine/promql/functions/function_call.h"
#include "promlite/parser/promql/namespaces.h"

namespace promlite::promql::internal {

// Bounds and units may differ from step to step. Where the lower bound is above the upper one,
// clamp has no samples.
absl::StatusOr<Block> Clamp(const FunctionCall& call);
absl::StatusOr<Block> ClampMin(const FunctionCall& call);
absl::StatusOr<Block> ClampMax(const FunctionCall& call);
// To multiples of the unit, 1 by default; ties upward.
absl::StatusOr<Block> Round(const FunctionCall& call);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_FUNCTIONS_CLAMP_ROUND_H_
