#ifndef PROMLITE_ENGINE_SELECTOR_MATCHERS_H_
#define PROMLITE_ENGINE_SELECTOR_MATCHERS_H_

#include <vector>

#include "absl/status/statusor.h"
#include "promlite/parser/ast.h"
#include "promlite/storage/matcher.h"

namespace promlite::internal {

// The selector's matchers, compiled for storage.
absl::StatusOr<std::vector<Matcher>> CompileMatchers(const VectorSelector& selector);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_SELECTOR_MATCHERS_H_
