#include "promlite/engine/usage/doctor/diagnosis.h"

#include <algorithm>

namespace promlite {

bool Diagnosis::Healthy() const {
  return findings.empty() &&
         std::all_of(metrics.begin(), metrics.end(),
                     [](const MetricDiagnosis& metric) { return metric.findings.empty(); });
}

}  // namespace promlite
