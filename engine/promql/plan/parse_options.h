#ifndef PROMLITE_ENGINE_PROMQL_PLAN_PARSE_OPTIONS_H_
#define PROMLITE_ENGINE_PROMQL_PLAN_PARSE_OPTIONS_H_

#include "promlite/engine/run/engine_options.h"
#include "promlite/parser/promql/parse_options.h"

namespace promlite::promql::internal {

// The language that an engine of these options speaks.
inline ParseOptions ParseOptionsOf(const EngineOptions& options) {
  return {
      .experimental_functions = options.experimental_functions,
      .extended_range_selectors = options.extended_range_selectors,
      .binop_fill_modifiers = options.binop_fill_modifiers,
      .exact_ranges = options.exact_ranges && options.compatibility != Compatibility::kPrometheus2};
}

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_PLAN_PARSE_OPTIONS_H_
