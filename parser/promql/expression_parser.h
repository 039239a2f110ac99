#ifndef PROMLITE_PARSER_PROMQL_EXPRESSION_PARSER_H_
#define PROMLITE_PARSER_PROMQL_EXPRESSION_PARSER_H_

#include <memory>
#include <string_view>

#include "promlite/parser/promql/ast.h"
#include "promlite/parser/promql/parse_options.h"

namespace promlite::promql::internal {

// Matches the grammar against the query's tokens and returns the tree, whose types have not been
// checked. Throws a ParseFailure.
std::shared_ptr<Expr> ParseExpression(std::string_view query, const ParseOptions& options);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_PARSER_PROMQL_EXPRESSION_PARSER_H_
