#ifndef PROMLITE_ENGINE_OPERATORS_BINARY_H_
#define PROMLITE_ENGINE_OPERATORS_BINARY_H_

#include <memory>

#include "promlite/engine/operator.h"
#include "promlite/parser/ast.h"

namespace promlite::internal {

// The operator for a binary expression; inputs are the left and the right operand. `expr` outlives
// it.
std::unique_ptr<Operator> MakeBinary(const BinaryExpr& expr);

// The operator for `-operand`. Its names are dropped.
std::unique_ptr<Operator> MakeUnaryMinus(const UnaryExpr& expr);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_OPERATORS_BINARY_H_
