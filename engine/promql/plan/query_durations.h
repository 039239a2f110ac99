#ifndef PROMLITE_ENGINE_PROMQL_PLAN_QUERY_DURATIONS_H_
#define PROMLITE_ENGINE_PROMQL_PLAN_QUERY_DURATIONS_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "promlite/engine/run/query_settings.h"
#include "promlite/engine/run/step_grid.h"
#include "promlite/parser/promql/ast.h"

namespace promlite::promql::internal {

// A duration of the query in milliseconds.
absl::StatusOr<int64_t> RangeMilliseconds(const Duration& range, const QuerySettings& settings);
absl::StatusOr<int64_t> OffsetMilliseconds(const Duration& offset, const QuerySettings& settings);

// The steps of a subquery's expression: multiples of its step within the ranges of all outer steps.
absl::StatusOr<StepGrid> SubqueryGrid(const SubqueryExpr& subquery, const StepGrid& outer,
                                      const QuerySettings& settings);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_PLAN_QUERY_DURATIONS_H_
