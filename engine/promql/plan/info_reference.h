#ifndef PROMLITE_ENGINE_PROMQL_PLAN_INFO_REFERENCE_H_
#define PROMLITE_ENGINE_PROMQL_PLAN_INFO_REFERENCE_H_

#include <cstdint>
#include <optional>

#include "absl/status/statusor.h"
#include "promlite/engine/run/query_context.h"
#include "promlite/parser/promql/ast.h"
#include "promlite/parser/promql/namespaces.h"

namespace promlite::promql::internal {

// When the selectors of a vector look, relative to the step or at one time, in milliseconds.
struct InfoReference {
  std::optional<int64_t> at_ms;  // none: the step's own time
  int64_t offset_ms = 0;
};

// The reference time that all selectors in `vector`, the first argument of info(), have in common,
// so that info series are looked up then. A selector's is its @ and offset; without an @, the
// offsets of the subqueries round it count too, from the innermost outwards, until one with an @
// anchors it. Scalars and the label matchers of another info() play no part. Nothing if two of them
// differ, or if a vector is made without a selector: info series are then looked up at the step's
// own time. As in Prometheus 3.16 (#19387). Errors: durations that cannot be.
absl::StatusOr<std::optional<InfoReference>> FindInfoReference(const Expr& vector,
                                                               const QuerySettings& settings);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_PLAN_INFO_REFERENCE_H_
