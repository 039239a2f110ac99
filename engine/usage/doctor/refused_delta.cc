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

void AddDeltaCounts(const DeltaCounts& counts, std::vector<Finding>* findings) {
  const auto add = [&](FindingKind kind, uint64_t count) {
    if (count == 0) return;
    Finding finding;
    finding.kind = kind;
    finding.count = count;
    findings->push_back(std::move(finding));
  };
  if (findings->empty()) add(FindingKind::kDeltaRefused, counts.refused);
  add(FindingKind::kDeltaDropped, counts.dropped);
  add(FindingKind::kDeltaRepeated, counts.repeated);
}

}  // namespace promlite::internal
