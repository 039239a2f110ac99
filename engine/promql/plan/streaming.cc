#include "promlite/engine/promql/plan/planning_passes.h"

namespace promlite::promql::internal {

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

}  // namespace promlite::promql::internal
