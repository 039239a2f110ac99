#ifndef PROMLITE_ENGINE_USAGE_DOCTOR_REFUSED_DELTA_H_
#define PROMLITE_ENGINE_USAGE_DOCTOR_REFUSED_DELTA_H_

#include <vector>

#include "promlite/engine/usage/doctor/finding.h"
#include "promlite/storage/database.h"
#include "promlite/storage/loading.h"

namespace promlite::internal {

// The metrics of which loading refused requests, since they are of delta temporality: a finding
// each.
std::vector<Finding> FindRefusedDelta(const LoadReport& report);

// What was not added up of the data points of delta temporality: those refused, unless `findings`
// name them already, those dropped, and those that came twice.
void AddDeltaCounts(const DeltaCounts& counts, std::vector<Finding>* findings);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_USAGE_DOCTOR_REFUSED_DELTA_H_
