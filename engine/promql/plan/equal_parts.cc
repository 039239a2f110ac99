#include <utility>

#include "absl/container/flat_hash_map.h"
#include "promlite/engine/promql/plan/planning_passes.h"

namespace promlite::promql::internal {
namespace {

// What a node does, on which steps, to which inputs.
OperationKey KeyOf(OperationKey key, const PlanNode& node) {
  key.Add(static_cast<uint64_t>(node.grid.start_ms));
  key.Add(static_cast<uint64_t>(node.grid.end_ms));
  key.Add(static_cast<uint64_t>(node.grid.step_ms));
  key.Add(node.inputs.size());
  for (const std::optional<NodeId>& input : node.inputs) key.Add(input ? *input + 1 : 0);
  return key;
}

}  // namespace

absl::Status MergeEqualParts(PlanDraft* draft) {
  if (!draft->settings.options.rewrites) return absl::OkStatus();
  std::vector<PlanNode> merged;
  absl::flat_hash_map<OperationKey, NodeId> merged_by_key;
  std::vector<NodeId> merged_id;      // of each node so far
  std::vector<NodeId> merged_before;  // how many merged nodes there were before each node
  for (NodeId id = 0; id < draft->plan.nodes.size(); ++id) {
    PlanNode& node = draft->plan.nodes[id];
    merged_before.push_back(merged.size());
    for (std::optional<NodeId>& input : node.inputs) {
      if (input) input = merged_id[*input];
    }
    const auto [known, is_new] =
        merged_by_key.try_emplace(KeyOf(std::move(draft->keys[id]), node), merged.size());
    merged_id.push_back(known->second);
    if (is_new) {
      node.subtree_begin = merged_before[node.subtree_begin];
      merged.push_back(std::move(node));
    } else {
      // Annotations name the place that stands last.
      merged[known->second].op = std::move(node.op);
    }
  }
  draft->plan.nodes = std::move(merged);
  draft->keys.clear();
  return absl::OkStatus();
}

}  // namespace promlite::promql::internal
