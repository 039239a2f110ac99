#include "promlite/engine/usage/doctor/diagnosis.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

namespace promlite {
namespace {

// Of several formulas that nothing falsifies, those first that do not extrapolate.
constexpr Formula kPreferred[] = {Formula::kExact,    Formula::kAnchored,    Formula::kMax,
                                  Formula::kSmoothed, Formula::kMaxMinusMin, Formula::kIncrease};

}  // namespace

Formula RightFormula(const std::vector<Finding>& findings) {
  std::array<double, kFormulaCount> errors = {};
  for (const Finding& finding : findings) {
    for (const WrongFormula& wrong : finding.wrong) {
      errors[static_cast<size_t>(wrong.formula)] += std::fabs(wrong.error.value_or(0));
    }
  }
  return *std::min_element(std::begin(kPreferred), std::end(kPreferred), [&](Formula a, Formula b) {
    return errors[static_cast<size_t>(a)] < errors[static_cast<size_t>(b)];
  });
}

bool Diagnosis::Healthy() const {
  return findings.empty() &&
         std::all_of(metrics.begin(), metrics.end(),
                     [](const MetricDiagnosis& metric) { return metric.findings.empty(); });
}

}  // namespace promlite
