#ifndef PROMLITE_ENGINE_PROMQL_OPERATORS_BINARY_BINARY_H_
#define PROMLITE_ENGINE_PROMQL_OPERATORS_BINARY_BINARY_H_

#include <memory>
#include <string>

#include "promlite/engine/promql/operator.h"
#include "promlite/parser/promql/ast.h"

namespace promlite::promql::internal {

// A binary operator without its operands, such as `* on (instance) group_left (node)`.
std::string DescribeBinary(const BinaryExpr& expr);

// The operator for a binary expression; inputs are the left and the right operand. `expr` outlives
// it.
std::unique_ptr<Operator> MakeBinary(const BinaryExpr& expr);

// The operator for `-operand`.
std::unique_ptr<Operator> MakeUnaryMinus(const UnaryExpr& expr);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_OPERATORS_BINARY_BINARY_H_
