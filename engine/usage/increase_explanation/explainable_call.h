#ifndef PROMLITE_ENGINE_USAGE_INCREASE_EXPLANATION_EXPLAINABLE_CALL_H_
#define PROMLITE_ENGINE_USAGE_INCREASE_EXPLANATION_EXPLAINABLE_CALL_H_

#include "absl/status/statusor.h"
#include "promlite/parser/promql/ast.h"

namespace promlite::internal {

// The one call of rate, increase or delta in a query, however often it is written, which is applied
// to a selector without a range modifier and evaluated at the query's own time. InvalidArgument
// where there is none, or several different ones. Part of `query`.
absl::StatusOr<const promql::Call*> FindExplainableCall(const promql::Expr& query);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_USAGE_INCREASE_EXPLANATION_EXPLAINABLE_CALL_H_
