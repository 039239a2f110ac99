#ifndef PROMLITE_ENGINE_PROMQL_PLAN_STEP_INVARIANCE_H_
#define PROMLITE_ENGINE_PROMQL_PLAN_STEP_INVARIANCE_H_

#include "absl/container/flat_hash_set.h"
#include "promlite/parser/promql/ast.h"

namespace promlite::promql::internal {

// The nodes whose value is the same at every step: selectors with @, literals, and what is built
// from them alone, but for functions of the evaluation time. As in Prometheus, an aggregation
// follows its operand and not its parameter.
absl::flat_hash_set<const Expr*> StepInvariantNodes(const Expr& root);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_PLAN_STEP_INVARIANCE_H_
