#ifndef PROMLITE_ENGINE_PROMQL_FUNCTIONS_INFO_H_
#define PROMLITE_ENGINE_PROMQL_FUNCTIONS_INFO_H_

#include "promlite/engine/promql/functions/function_call.h"

namespace promlite::promql::internal {

// info(): gives series the labels of the info metrics (target_info, or those that the second
// argument selects) of the same job and instance. Reads the info series by itself, at the time that
// the first selector in the first argument looks at.
absl::StatusOr<Block> Info(const FunctionCall& call);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_FUNCTIONS_INFO_H_
