#ifndef PROMLITE_PARSER_PROMQL_TYPE_CHECK_H_
#define PROMLITE_PARSER_PROMQL_TYPE_CHECK_H_

#include <memory>
#include <string_view>

#include "promlite/parser/promql/ast.h"
#include "promlite/parser/promql/namespaces.h"

namespace promlite::promql::internal {

// Checks the types of a whole tree that nobody else holds yet, in Prometheus' order, and throws the
// first ParseFailure. Settles how the vectors of binary operators match: not at all where a side is
// a scalar, many-to-many for set operators.
void CheckTypes(const std::shared_ptr<Expr>& root, std::string_view query);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_PARSER_PROMQL_TYPE_CHECK_H_
