#include "promlite/engine/usage/doctor/formula.h"

namespace promlite {

std::string_view FormulaName(Formula formula) {
  switch (formula) {
    case Formula::kExact:
      return "exact";
    case Formula::kAnchored:
      return "anchored";
    case Formula::kSmoothed:
      return "smoothed";
    case Formula::kIncrease:
      return "increase";
    case Formula::kMax:
      return "max";
    case Formula::kMaxMinusMin:
      break;
  }
  return "max - min";
}

}  // namespace promlite
