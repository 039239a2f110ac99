#ifndef PROMLITE_PARSER_AST_WALK_H_
#define PROMLITE_PARSER_AST_WALK_H_

#include <functional>
#include <vector>

#include "promlite/parser/ast.h"

namespace promlite {

// The expressions that a node is made of, in the order of the query's text: operands, arguments, an
// aggregation's parameter before its expression. A matrix selector has its vector selector.
std::vector<const Expr*> Children(const Expr& expr);

// Calls `visit` for every node below and including `root`, children before their parent. Without
// recursion, so for trees of any height.
void ForEachPostOrder(const Expr& root, const std::function<void(const Expr&)>& visit);

}  // namespace promlite

#endif  // PROMLITE_PARSER_AST_WALK_H_
