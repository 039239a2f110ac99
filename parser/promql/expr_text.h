#ifndef PROMLITE_PARSER_PROMQL_EXPR_TEXT_H_
#define PROMLITE_PARSER_PROMQL_EXPR_TEXT_H_

#include <string>
#include <vector>

#include "promlite/parser/promql/ast.h"
#include "promlite/parser/promql/namespaces.h"

namespace promlite::promql::internal {

// A part of a node's canonical text: text of its own, or a child.
struct TextPiece {
  std::string text;
  const Expr* child = nullptr;
};

// The parts of a node's canonical text, in order.
std::vector<TextPiece> TextPieces(const Expr& expr);

// Of `sum by (a) (x)`: "sum by (a) ".
std::string AggregateHead(const AggregateExpr& aggregate);

// Of `a == bool on (b) c`: "== bool on (b)".
std::string OperatorAndModifiers(const BinaryExpr& binary);

// Of `x[5m:1m] @ 3.000 offset 1m`: all behind the x.
std::string SubquerySuffix(const SubqueryExpr& subquery);

std::string_view SignText(UnaryOp op);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_PARSER_PROMQL_EXPR_TEXT_H_
