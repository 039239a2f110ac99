#ifndef PROMLITE_ENGINE_PLANNER_H_
#define PROMLITE_ENGINE_PLANNER_H_

#include "absl/status/statusor.h"
#include "promlite/engine/engine_options.h"
#include "promlite/engine/plan.h"
#include "promlite/engine/step_grid.h"
#include "promlite/parser/ast.h"

namespace promlite::internal {

struct PlannerInput {
  const EngineOptions& options;
  StepGrid grid;  // the query's own
  bool is_range_query = false;
};

// Plans an expression of type scalar or instant vector: durations become numbers, selectors and
// range functions leaves, what does not depend on the step runs on one step, and equal parts run
// once. InvalidArgument for a duration or a regular expression that cannot be. The result stands on
// `grid`: the query's own, or, for a bare subquery, that of its expression.
absl::StatusOr<Plan> MakePlan(ExprPtr expr, const PlannerInput& input, const StepGrid& grid);

// The steps of a subquery's expression: multiples of its step within the ranges of all outer steps.
absl::StatusOr<StepGrid> SubqueryGrid(const SubqueryExpr& subquery, const StepGrid& outer,
                                      const PlannerInput& input);

// A duration of the query in milliseconds.
absl::StatusOr<int64_t> RangeMilliseconds(const Duration& range, const PlannerInput& input);
absl::StatusOr<int64_t> OffsetMilliseconds(const Duration& offset, const PlannerInput& input);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_PLANNER_H_
