#include "promlite/engine/doctor/verdict.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace promlite::internal {

Formula RightFormula(const std::vector<Finding>& findings) {
  std::array<double, kFormulaCount> errors = {};
  for (const Finding& finding : findings) {
    for (const WrongFormula& wrong : finding.wrong) {
      errors[static_cast<size_t>(wrong.formula)] += std::fabs(wrong.error.value_or(0));
    }
  }
  return kAllFormulas[static_cast<size_t>(std::min_element(errors.begin(), errors.end()) -
                                          errors.begin())];
}

}  // namespace promlite::internal
