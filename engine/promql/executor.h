#ifndef PROMLITE_ENGINE_PROMQL_EXECUTOR_H_
#define PROMLITE_ENGINE_PROMQL_EXECUTOR_H_

#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "promlite/engine/blocks/block.h"
#include "promlite/engine/promql/plan/plan.h"
#include "promlite/engine/run/query_context.h"

namespace promlite::promql::internal {

// What one node of a plan did, for \explain.
struct NodeProfile {
  size_t series = 0;
  // Of a node that streams, both stand with its consumer's.
  size_t samples = 0;
  absl::Duration time;
};

// Runs the operators of a plan in order, each when its inputs are there, and returns the root's
// block. Blocks are freed behind their last consumer. `profiles`, if given, gets an entry for each
// node. REQUIRES: the plan has nodes.
absl::StatusOr<Block> Execute(const Plan& plan, ExecContext& context,
                              std::vector<NodeProfile>* profiles);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_EXECUTOR_H_
