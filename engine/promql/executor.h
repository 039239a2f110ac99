#ifndef PROMLITE_ENGINE_PROMQL_EXECUTOR_H_
#define PROMLITE_ENGINE_PROMQL_EXECUTOR_H_

#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "promlite/engine/blocks/block.h"
#include "promlite/engine/promql/plan/plan.h"
#include "promlite/engine/run/exec_context.h"

namespace promlite::promql::internal {

// What one node of a plan did, for \explain.
struct NodeProfile {
  bool ran = false;  // false: streamed into its consumer, whose time and samples include it
  size_t series = 0;
  size_t samples = 0;
  absl::Duration time;
};

// Runs the operators of a plan in order, each when its inputs are there, and returns the root's
// block. Blocks are freed behind their last consumer. An aggregation whose only input is a selector
// or a range function takes its rows batch by batch, without a block between them. `profiles`, if
// given, gets an entry for each node.
absl::StatusOr<Block> Execute(const Plan& plan, ExecContext& context,
                              std::vector<NodeProfile>* profiles);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_EXECUTOR_H_
