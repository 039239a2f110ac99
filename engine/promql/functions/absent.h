#ifndef PROMLITE_ENGINE_PROMQL_FUNCTIONS_ABSENT_H_
#define PROMLITE_ENGINE_PROMQL_FUNCTIONS_ABSENT_H_

#include "promlite/engine/promql/functions/function_call.h"
#include "promlite/parser/promql/namespaces.h"

namespace promlite::promql::internal {

// 1 at each step at which the argument has no sample, with the labels that the argument, if it is a
// selector, would have matched by equality. Serves absent_over_time too, whose argument is the
// block of present_over_time.
absl::StatusOr<Block> Absent(const FunctionCall& call);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_FUNCTIONS_ABSENT_H_
