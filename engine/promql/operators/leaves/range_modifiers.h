#ifndef PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_RANGE_MODIFIERS_H_
#define PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_RANGE_MODIFIERS_H_

#include <string>

#include "promlite/engine/kernels/range_kernels.h"
#include "promlite/parser/promql/ast.h"

namespace promlite::promql::internal {

// Whether the function of these kernels takes ranges with the modifier.
bool Allows(const RangeKernelSet& kernels, RangeModifier modifier);

// "smoothed modifier can only be used with: delta, increase, rate": what Prometheus says where
// another function meets the modifier. REQUIRES: not kNone.
std::string AllowedFunctions(RangeModifier modifier);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_RANGE_MODIFIERS_H_
