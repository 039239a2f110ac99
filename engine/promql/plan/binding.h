#ifndef PROMLITE_ENGINE_PROMQL_PLAN_BINDING_H_
#define PROMLITE_ENGINE_PROMQL_PLAN_BINDING_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "promlite/engine/kernels/windows.h"
#include "promlite/engine/run/engine_options.h"
#include "promlite/engine/run/query_context.h"
#include "promlite/parser/promql/ast.h"
#include "promlite/parser/promql/namespaces.h"
#include "promlite/parser/promql/parse_options.h"
#include "promlite/storage/labels/matcher.h"

// What the words of a query mean once its settings are known.
namespace promlite::promql::internal {

// The language that an engine of these options speaks.
ParseOptions ParseOptionsOf(const EngineOptions& options);

// The selector's matchers as storage takes them. They share the regular expressions that the parser
// compiled; those of a tree that was not parsed are compiled here.
absl::StatusOr<std::vector<Matcher>> CompileMatchers(const VectorSelector& selector);

// A duration of the query in milliseconds.
absl::StatusOr<int64_t> RangeMilliseconds(const Duration& range, const QuerySettings& settings);
absl::StatusOr<int64_t> OffsetMilliseconds(const Duration& offset, const QuerySettings& settings);

// The times that a selector looks at, asked at the steps of `grid`. `query_grid` says what
// `@ start()` and `@ end()` mean.
ReferenceTimes MakeReferenceTimes(const StepGrid& grid, const AtModifier& at, int64_t offset_ms,
                                  const StepGrid& query_grid);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_PLAN_BINDING_H_
