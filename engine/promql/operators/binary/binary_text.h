#ifndef PROMLITE_ENGINE_PROMQL_OPERATORS_BINARY_BINARY_TEXT_H_
#define PROMLITE_ENGINE_PROMQL_OPERATORS_BINARY_BINARY_TEXT_H_

#include <string>

#include "promlite/parser/promql/ast.h"

namespace promlite::promql::internal {

// A binary operator without its operands, such as `* on (instance) group_left (node)`.
std::string DescribeBinary(const BinaryExpr& expr);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_OPERATORS_BINARY_BINARY_TEXT_H_
