#ifndef PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_RANGE_MODIFIERS_H_
#define PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_RANGE_MODIFIERS_H_

#include <string>

#include "promlite/parser/promql/ast.h"
#include "promlite/parser/promql/functions.h"

namespace promlite::promql::internal {

// Whether the function takes ranges with the modifier.
bool Allows(const Function& function, RangeModifier modifier);

// "smoothed modifier can only be used with: delta, increase, rate": what Prometheus says where
// another function meets the modifier. REQUIRES: not kNone.
std::string AllowedFunctions(RangeModifier modifier);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_RANGE_MODIFIERS_H_
