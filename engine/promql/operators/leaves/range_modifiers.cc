#include "promlite/engine/promql/operators/leaves/range_modifiers.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "promlite/parser/text/absl_compat.h"

namespace promlite::promql::internal {

bool Allows(const Function& function, RangeModifier modifier) {
  switch (modifier) {
    case RangeModifier::kAnchored:
      return function.modifiers.anchored;
    case RangeModifier::kSmoothed:
      return function.modifiers.smoothed;
    case RangeModifier::kExact:
      return function.modifiers.exact;
    case RangeModifier::kNone:
      break;
  }
  return true;
}

std::string AllowedFunctions(RangeModifier modifier) {
  std::vector<std::string> functions;
  for (const Function& function : AllFunctions()) {
    if (Allows(function, modifier)) functions.emplace_back(function.name);
  }
  return absl::StrCat(Absl(RangeModifierName(modifier)),
                      " modifier can only be used with: ", absl::StrJoin(functions, ", "));
}

}  // namespace promlite::promql::internal
