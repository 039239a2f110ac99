#include "promlite/engine/usage/doctor/witness_differences.h"

#include <optional>

#include "promlite/engine/usage/doctor/counted.h"
#include "promlite/engine/usage/vocabulary.h"

namespace promlite::internal {
namespace {

Labels Where(const std::string& session_label, const std::string& session,
             const std::string& model) {
  std::vector<Labels::Label> labels;
  if (!session.empty()) labels.emplace_back(session_label, session);
  if (!model.empty()) labels.emplace_back(usage::kModelLabel, model);
  return Labels(std::move(labels));
}

std::optional<DifferenceCause> CauseOf(const ModelUsage& usage, bool is_cost) {
  const bool is_more = usage.more_counted > 0 && !AreSameNumbers(usage.counted, usage.told);
  if (!is_more) return std::nullopt;
  if (usage.is_auxiliary) return DifferenceCause::kAuxiliaryCalls;
  // Another model than that of any event.
  if (usage.events == 0) return DifferenceCause::kAdvisor;
  if (!is_cost) return DifferenceCause::kBrokenStream;
  return std::nullopt;
}

}  // namespace

std::vector<WitnessDifference> FindDifferences(const UsageByModel& usage, const LostBySession& lost,
                                               const std::string& session_label, bool is_cost) {
  std::vector<WitnessDifference> differences;
  for (const auto& [session, events] : lost) {
    differences.push_back(
        {DifferenceCause::kLostLogs, Where(session_label, session, ""), events, 0});
  }
  for (const auto& [session, models] : usage) {
    if (lost.contains(session)) continue;
    bool has_events = false;
    for (const auto& [model, used] : models) has_events |= used.events > 0;
    // Without any event the session's logs are not there at all.
    if (!has_events) continue;
    for (const auto& [model, used] : models) {
      if (const auto cause = CauseOf(used, is_cost)) {
        differences.push_back({*cause, Where(session_label, session, model), 0, used.more_counted});
      }
    }
  }
  return differences;
}

}  // namespace promlite::internal
