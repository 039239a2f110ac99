#ifndef PROMLITE_ENGINE_OPERATORS_BINARY_TEXT_H_
#define PROMLITE_ENGINE_OPERATORS_BINARY_TEXT_H_

#include <string>

#include "promlite/engine/exec_context.h"
#include "promlite/parser/ast.h"

namespace promlite::internal {

// A binary operator without its operands, such as `* on (instance) group_left (node)`.
std::string DescribeBinary(const BinaryExpr& expr);

// The info that an operator was applied to two floats, which it is not for.
void InfoIncompatible(const BinaryExpr& expr, ExecContext& context);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_OPERATORS_BINARY_TEXT_H_
