#ifndef PROMLITE_ENGINE_OPERATORS_BINARY_TEXT_H_
#define PROMLITE_ENGINE_OPERATORS_BINARY_TEXT_H_

#include <string>

#include "promlite/parser/ast.h"

namespace promlite::internal {

// A binary operator without its operands, such as `* on (instance) group_left (node)`.
std::string DescribeBinary(const BinaryExpr& expr);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_OPERATORS_BINARY_TEXT_H_
