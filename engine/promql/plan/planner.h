#ifndef PROMLITE_ENGINE_PROMQL_PLAN_PLANNER_H_
#define PROMLITE_ENGINE_PROMQL_PLAN_PLANNER_H_

#include "absl/status/statusor.h"
#include "promlite/engine/promql/plan/plan.h"
#include "promlite/engine/promql/plan/query_durations.h"
#include "promlite/engine/run/step_grid.h"
#include "promlite/parser/promql/ast.h"

namespace promlite::promql::internal {

// What an expression to be planned is.
enum class PlannedPart { kWholeQuery, kInsideOfBareSubquery };

// Plans an expression of type scalar or instant vector: durations become numbers, selectors and
// range functions leaves, what does not depend on the step runs on one step, and equal parts run
// once. InvalidArgument for a duration or a regular expression that cannot be. The result stands on
// `grid`: the query's own, or, for a bare subquery, that of its expression.
absl::StatusOr<Plan> MakePlan(ExprPtr expr, PlannedPart part, const QuerySettings& settings,
                              const StepGrid& grid);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_PLAN_PLANNER_H_
