#ifndef PROMLITE_ENGINE_USAGE_DOCTOR_VERDICT_H_
#define PROMLITE_ENGINE_USAGE_DOCTOR_VERDICT_H_

#include <vector>

#include "promlite/engine/usage/doctor/finding.h"
#include "promlite/engine/usage/doctor/formula.h"

namespace promlite::internal {

// The formula that the findings falsify by the least; of several, one that counts by writer, or at
// least does not extrapolate.
Formula RightFormula(const std::vector<Finding>& findings);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_USAGE_DOCTOR_VERDICT_H_
