#ifndef PROMLITE_ENGINE_PROMQL_PLAN_RANGE_VECTORS_H_
#define PROMLITE_ENGINE_PROMQL_PLAN_RANGE_VECTORS_H_

#include "absl/status/statusor.h"
#include "promlite/engine/promql/operators/leaves/range_vector.h"
#include "promlite/engine/run/query_context.h"
#include "promlite/parser/promql/ast.h"

namespace promlite::promql::internal {

// What a range vector is at the steps of `grid`. InvalidArgument for a duration or a regular
// expression that cannot be.
absl::StatusOr<RangeVector> SelectorRange(const MatrixSelector& matrix, const StepGrid& grid,
                                          const QuerySettings& settings);
// With the steps of the subquery's expression: multiples of its step within the ranges of all steps
// of `grid`.
absl::StatusOr<RangeVector> SubqueryRange(const SubqueryExpr& subquery, const StepGrid& grid,
                                          const QuerySettings& settings);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_PLAN_RANGE_VECTORS_H_
