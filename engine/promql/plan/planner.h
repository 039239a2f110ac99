#ifndef PROMLITE_ENGINE_PROMQL_PLAN_PLANNER_H_
#define PROMLITE_ENGINE_PROMQL_PLAN_PLANNER_H_

#include "absl/status/statusor.h"
#include "promlite/engine/promql/plan/plan.h"
#include "promlite/engine/run/query_context.h"
#include "promlite/parser/promql/ast.h"

namespace promlite::promql::internal {

// Plans a query by one pass after the other (see planning_passes.h). InvalidArgument for a duration
// or a regular expression that cannot be; FailedPrecondition for a range selector alone with a
// modifier that asks for a function.
absl::StatusOr<Plan> MakePlan(ExprPtr expr, const QuerySettings& settings);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_PLAN_PLANNER_H_
