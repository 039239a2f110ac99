#ifndef PROMLITE_ENGINE_PROMQL_PLAN_PLAN_H_
#define PROMLITE_ENGINE_PROMQL_PLAN_PLAN_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "promlite/engine/promql/operator.h"
#include "promlite/engine/promql/operators/leaves/range_vector.h"
#include "promlite/engine/run/query_context.h"
#include "promlite/parser/promql/ast.h"

namespace promlite::promql::internal {

using NodeId = size_t;

// An operator, the steps it runs on, and the nodes whose blocks it reads. An input is absent where
// there is no block (a string literal, a range vector read from storage).
struct PlanNode {
  std::unique_ptr<Operator> op;
  StepGrid grid;
  std::vector<std::optional<NodeId>> inputs;
  // The nodes from this one on up to here were planned for the inputs; others of them may stand
  // before, if they are inputs of something else too.
  NodeId subtree_begin = 0;
  // How many inputs of other nodes this node is.
  size_t consumers = 0;
  // It is never evaluated into a block: its one consumer, whose first input it is, takes its rows
  // as they are filled.
  bool streams = false;
};

// What is to be done for a query: operators in an order in which every node stands behind its
// inputs (so a plan of any height is built, run and destroyed without recursion). The last is the
// root. Immutable once planned. Holds the syntax tree, which the operators refer to.
struct Plan {
  ExprPtr expr;
  // Empty for the two queries that are no vectors: a string literal, and a range selector alone.
  std::vector<PlanNode> nodes;
  // Set for a range selector alone (`x[5m]`): its samples themselves are the result.
  std::optional<RangeVector> bare_range;
  // What the result is: of type kMatrix are range queries, range selectors and subqueries.
  ValueType type = ValueType::kNone;
  // The steps of the result: the query's own or, for a subquery alone, that of its expression.
  StepGrid grid;

  NodeId root() const { return nodes.size() - 1; }
};

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_PLAN_PLAN_H_
