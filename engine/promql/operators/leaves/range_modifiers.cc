#include "promlite/engine/promql/operators/leaves/range_modifiers.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "promlite/parser/text/absl_compat.h"

namespace promlite::promql::internal {

bool Allows(const RangeKernelSet& kernels, RangeModifier modifier) {
  switch (modifier) {
    case RangeModifier::kAnchored:
      return bool{kernels.anchored};
    case RangeModifier::kSmoothed:
      return bool{kernels.smoothed};
    case RangeModifier::kExact:
      return kernels.exact != nullptr;
    case RangeModifier::kNone:
      break;
  }
  return true;
}

std::string AllowedFunctions(RangeModifier modifier) {
  std::vector<std::string> functions;
  for (const NamedRangeKernels& named : AllRangeKernels()) {
    if (Allows(named.kernels, modifier)) functions.emplace_back(named.function);
  }
  return absl::StrCat(Absl(RangeModifierName(modifier)),
                      " modifier can only be used with: ", absl::StrJoin(functions, ", "));
}

}  // namespace promlite::promql::internal
