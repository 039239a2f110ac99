#include "promlite/engine/usage/doctor/refused_delta.h"

#include <optional>
#include <utility>

namespace promlite::internal {

std::vector<Finding> FindRefusedDelta(const LoadReport& report) {
  std::vector<Finding> findings;
  for (const auto& [name, count] : report.refused_metrics) {
    Finding finding;
    finding.kind = FindingKind::kDeltaRefused;
    finding.count = count;
    finding.detail = name;
    for (const Formula formula : kAllFormulas) finding.wrong.push_back({formula, std::nullopt});
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace promlite::internal
