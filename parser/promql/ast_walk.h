#ifndef PROMLITE_PARSER_PROMQL_AST_WALK_H_
#define PROMLITE_PARSER_PROMQL_AST_WALK_H_

#include <cstddef>
#include <vector>

#include "promlite/parser/promql/ast.h"

namespace promlite::promql {

// How many expressions a node stands directly on, and each of them. A selector with a range stands
// on its selector; an aggregation on its operand and then its parameter.
size_t ChildCount(const Expr& expr);
const Expr& Child(const Expr& expr, size_t index);

// The expression inside any parentheses.
const Expr& Unparenthesized(const Expr& expr);

// Walks a tree without recursion, since it may be thousands of nodes high. `visitor` has
//   Enter(node)              before the node's children,
//   AfterChild(node, index)  after each of them,
//   Leave(node)              after the last.
template <typename Visitor>
void WalkTree(const Expr& root, Visitor* visitor) {
  struct Position {
    const Expr* node;
    size_t children_done;
  };
  std::vector<Position> path;
  visitor->Enter(root);
  path.push_back({&root, 0});
  while (!path.empty()) {
    Position& top = path.back();
    const Expr& node = *top.node;
    if (top.children_done < ChildCount(node)) {
      const Expr& child = Child(node, top.children_done);
      visitor->Enter(child);
      path.push_back({&child, 0});
      continue;
    }
    visitor->Leave(node);
    path.pop_back();
    if (path.empty()) break;
    const size_t index = path.back().children_done++;
    visitor->AfterChild(*path.back().node, index);
  }
}

// Calls visit(node) for every node, behind the nodes that it stands on.
template <typename Visit>
void ForEachPostOrder(const Expr& root, Visit visit) {
  struct Visitor {
    Visit& visit;
    void Enter(const Expr&) {}
    void AfterChild(const Expr&, size_t) {}
    void Leave(const Expr& node) { visit(node); }
  };
  Visitor visitor{visit};
  WalkTree(root, &visitor);
}

}  // namespace promlite::promql

#endif  // PROMLITE_PARSER_PROMQL_AST_WALK_H_
