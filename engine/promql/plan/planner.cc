#include "promlite/engine/promql/plan/planner.h"

#include <utility>

#include "promlite/engine/promql/plan/planning_passes.h"

namespace promlite::promql::internal {
namespace {

using PlanningPass = absl::Status (*)(PlanDraft* draft);

// In order.
constexpr PlanningPass kPasses[] = {
    PlanBareQuery,    NoteStepInvariance, NoteHistogramStatistics,
    LowerToOperators, MergeEqualParts,    ChooseStreams,
};

}  // namespace

absl::StatusOr<Plan> MakePlan(ExprPtr expr, const QuerySettings& settings) {
  PlanDraft draft{settings};
  draft.plan.expr = std::move(expr);
  for (const PlanningPass pass : kPasses) {
    if (absl::Status status = pass(&draft); !status.ok()) return status;
  }
  return std::move(draft.plan);
}

}  // namespace promlite::promql::internal
