#ifndef PROMLITE_ENGINE_PROMQL_PLAN_PLANNER_H_
#define PROMLITE_ENGINE_PROMQL_PLAN_PLANNER_H_

#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "promlite/engine/promql/plan/equal_parts.h"
#include "promlite/engine/promql/plan/plan.h"
#include "promlite/engine/run/query_context.h"
#include "promlite/parser/promql/ast.h"

namespace promlite::promql::internal {

// A plan in the making: what each pass hands on to those after it.
struct PlanDraft {
  const QuerySettings& settings;
  // The expression whose operators are planned: all of the query, or the inside of a bare subquery.
  // Null if there are none.
  const Expr* root = nullptr;
  absl::flat_hash_set<const Expr*> step_invariant;
  absl::flat_hash_set<const VectorSelector*> statistics_selectors;
  Plan plan;
  // What each of plan.nodes does.
  std::vector<OperationKey> keys;
};

// The passes, each in the file named first, in the order in which MakePlan() applies them. An error
// is InvalidArgument for a duration or a regular expression that cannot be, but for the pass that
// says otherwise.

// bare_query.cc. Decides what the query's form alone does: the result's type and steps, and which
// expression needs operators. A range selector alone needs none: it becomes plan.bare_range, or
// FailedPrecondition where it has a modifier that asks for a function.
absl::Status PlanBareQuery(PlanDraft* draft);

// step_invariance.cc. Notes the nodes whose value is the same at every step: selectors with @,
// literals, and what is built from them alone, but for functions of the evaluation time. As in
// Prometheus, an aggregation follows its operand and not its parameter, and info() the selectors of
// its first argument, which must have one reference time.
absl::Status NoteStepInvariance(PlanDraft* draft);

// statistics_only.cc. Notes the selectors whose histograms are read without their buckets: those
// below a function that takes their counts and sums at most, but not with a subquery, a trim
// operator, ==, !=, count_values or a function that takes buckets on the way to the root.
absl::Status NoteHistogramStatistics(PlanDraft* draft);

// lowering.cc. Turns the tree into operators, one node for each mention: durations become numbers,
// a range function and its range vector one leaf, and what does not depend on the step runs on one.
absl::Status LowerToOperators(PlanDraft* draft);

// equal_parts.cc. Makes equal nodes one, which then runs once. Left out by EngineOptions::rewrites.
absl::Status MergeEqualParts(PlanDraft* draft);

// planner.cc. Counts the consumers of each node, and decides which nodes stream: those that give
// rows and have one consumer, which takes rows of its first input on the same steps.
absl::Status ChooseStreams(PlanDraft* draft);

// Plans a query by one pass after the other (see above). InvalidArgument for a duration
// or a regular expression that cannot be; FailedPrecondition for a range selector alone with a
// modifier that asks for a function.
absl::StatusOr<Plan> MakePlan(ExprPtr expr, const QuerySettings& settings);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_PLAN_PLANNER_H_
