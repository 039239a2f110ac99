#include "promlite/engine/promql/plan/planner.h"

#include <utility>

namespace promlite::promql::internal {
namespace {

using PlanningPass = absl::Status (*)(PlanDraft* draft);

// In order.
constexpr PlanningPass kPasses[] = {
    PlanBareQuery,    NoteStepInvariance, NoteHistogramStatistics,
    LowerToOperators, MergeEqualParts,    ChooseStreams,
};

}  // namespace

absl::Status ChooseStreams(PlanDraft* draft) {
  std::vector<PlanNode>& nodes = draft->plan.nodes;
  for (const PlanNode& node : nodes) {
    for (const std::optional<NodeId>& input : node.inputs) {
      if (input) ++nodes[*input].consumers;
    }
  }
  for (const PlanNode& consumer : nodes) {
    if (!consumer.op->TakesRows() || !consumer.inputs[0]) continue;
    PlanNode& rows = nodes[*consumer.inputs[0]];
    rows.streams = rows.consumers == 1 && rows.op->GivesRows() && rows.grid == consumer.grid;
  }
  return absl::OkStatus();
}

absl::StatusOr<Plan> MakePlan(ExprPtr expr, const QuerySettings& settings) {
  PlanDraft draft{settings};
  draft.plan.expr = std::move(expr);
  for (const PlanningPass pass : kPasses) {
    if (absl::Status status = pass(&draft); !status.ok()) return status;
  }
  return std::move(draft.plan);
}

}  // namespace promlite::promql::internal
