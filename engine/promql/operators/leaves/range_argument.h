#ifndef PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_RANGE_ARGUMENT_H_
#define PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_RANGE_ARGUMENT_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "promlite/engine/run/step_grid.h"
#include "promlite/parser/promql/ast.h"
#include "promlite/storage/labels/matcher.h"

namespace promlite::promql::internal {

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

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_RANGE_ARGUMENT_H_
