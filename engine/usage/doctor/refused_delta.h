#ifndef PROMLITE_ENGINE_USAGE_DOCTOR_REFUSED_DELTA_H_
#define PROMLITE_ENGINE_USAGE_DOCTOR_REFUSED_DELTA_H_

#include <vector>

#include "promlite/engine/usage/doctor/finding.h"
#include "promlite/storage/loading.h"

namespace promlite::internal {

// The metrics of which loading refused requests, since they are of delta temporality: a finding
// each.
std::vector<Finding> FindRefusedDelta(const LoadReport& report);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_USAGE_DOCTOR_REFUSED_DELTA_H_
