#ifndef PROMLITE_ENGINE_PROMQL_PLAN_PLAN_H_
#define PROMLITE_ENGINE_PROMQL_PLAN_PLAN_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "promlite/engine/promql/operator.h"
#include "promlite/engine/run/step_grid.h"
#include "promlite/parser/promql/ast.h"

namespace promlite::promql::internal {

using NodeId = size_t;

// An operator, the steps it runs on, and the nodes whose blocks it reads. An input is absent where
// there is no block (a string literal, a range vector read from storage).
struct PlanNode {
  std::unique_ptr<Operator> op;
  StepGrid grid;
  std::vector<std::optional<NodeId>> inputs;
  // How many inputs of other nodes this node is, and of which node the last of them is one.
  size_t consumers = 0;
  NodeId last_consumer = 0;
  // The nodes from this one on up to here were planned for the inputs; others of them may stand
  // before, if they are inputs of something else too.
  NodeId subtree_begin = 0;
};

// What is to be done for a query: operators in an order in which every node stands behind its
// inputs (so a plan of any height is built, run and destroyed without recursion). The last is the
// root. Immutable once planned. Holds the syntax tree, which the operators refer to.
struct Plan {
  ExprPtr expr;
  std::vector<PlanNode> nodes;

  NodeId root() const { return nodes.size() - 1; }
};

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_PLAN_PLAN_H_
