#ifndef PROMLITE_ENGINE_PROMQL_METRIC_NAME_REMOVAL_H_
#define PROMLITE_ENGINE_PROMQL_METRIC_NAME_REMOVAL_H_

#include "absl/status/status.h"
#include "promlite/engine/blocks/block.h"
#include "promlite/engine/run/query_context.h"
#include "promlite/parser/promql/namespaces.h"

namespace promlite::promql::internal {

// The series as a function returns them: without `__name__`, `__type__` and `__unit__`, or, under
// delayed name removal, marked to lose them at the end.
SeriesSet DropMetricName(const SeriesSet& series, const ExecContext& context);

// The labels without `__name__`, `__type__` and `__unit__`.
void DeleteMetricName(const QuerySymbols& symbols, LabelSetBuilder* labels);

// Whether any two label sets are equal.
bool HasEqualLabels(const SeriesSet& series);

// Rows with equal labels become one row where they never have a sample at the same step; where they
// do: FailedPrecondition, "vector cannot contain metrics with the same labelset". Keeps the order
// of first occurrence. Prometheus does this after functions and operators that remove the name,
// except under delayed name removal, where it happens once, at the end (the two label functions
// excepted, which call it always). A number and a histogram at one step are such samples too.
absl::Status MergeEqualSeries(ExecContext& context, Block* block);

// The end of a query under delayed name removal: removes the names of marked series and merges.
absl::Status ApplyDelayedNameRemoval(ExecContext& context, Block* block);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_METRIC_NAME_REMOVAL_H_
