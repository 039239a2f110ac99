#include "promlite/engine/usage/doctor/diagnosis.h"

#include <algorithm>

namespace promlite {
std::string_view DifferenceCauseName(DifferenceCause cause) {
  switch (cause) {
    case DifferenceCause::kLostLogs:
      return "lost_logs";
    case DifferenceCause::kAuxiliaryCalls:
      return "auxiliary_calls";
    case DifferenceCause::kAdvisor:
      return "advisor";
    case DifferenceCause::kBrokenStream:
      break;
  }
  return "broken_stream";
}

bool Diagnosis::Healthy() const {
  return findings.empty() && !events_alone &&
         std::all_of(metrics.begin(), metrics.end(),
                     [](const MetricDiagnosis& metric) { return metric.findings.empty(); });
}

}  // namespace promlite
