#ifndef PROMLITE_ENGINE_PROMQL_PLAN_SELECTOR_MATCHERS_H_
#define PROMLITE_ENGINE_PROMQL_PLAN_SELECTOR_MATCHERS_H_

#include <vector>

#include "absl/status/statusor.h"
#include "promlite/parser/promql/ast.h"
#include "promlite/storage/labels/matcher.h"

namespace promlite::promql::internal {

// The selector's matchers, compiled for storage.
absl::StatusOr<std::vector<Matcher>> CompileMatchers(const VectorSelector& selector);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_PLAN_SELECTOR_MATCHERS_H_
