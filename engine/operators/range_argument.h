#ifndef PROMLITE_ENGINE_OPERATORS_RANGE_ARGUMENT_H_
#define PROMLITE_ENGINE_OPERATORS_RANGE_ARGUMENT_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "promlite/engine/step_grid.h"
#include "promlite/parser/ast.h"
#include "promlite/storage/matcher.h"

namespace promlite::internal {

// The range vector that a range function is applied to: a selector's, read from storage, or a
// subquery's, read from the block of its expression.
struct RangeArgument {
  int64_t range_ms = 0;
  int64_t offset_ms = 0;
  AtModifier at;
  RangeModifier modifier = RangeModifier::kNone;
  // For a selector.
  std::vector<Matcher> matchers;
  bool statistics_only = false;  // see StatisticsSelectors()
  // For a subquery: the steps of its expression.
  std::optional<StepGrid> subquery_grid;
};

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_OPERATORS_RANGE_ARGUMENT_H_
