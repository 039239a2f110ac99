#ifndef PROMLITE_PARSER_PROMQL_OPERATOR_STACK_H_
#define PROMLITE_PARSER_PROMQL_OPERATOR_STACK_H_

#include <cstddef>
#include <utility>
#include <vector>

#include "promlite/parser/promql/ast.h"
#include "promlite/parser/promql/token.h"

namespace promlite::promql::internal {

// How strongly an operator binds; a sign binds like a multiplication, so -2^2 is -(2^2).
inline constexpr int kSignPrecedence = 5;

inline int Precedence(BinaryOp op) {
  switch (op) {
    case BinaryOp::kOr:
      return 1;
    case BinaryOp::kAnd:
    case BinaryOp::kUnless:
      return 2;
    case BinaryOp::kAdd:
    case BinaryOp::kSub:
      return 4;
    case BinaryOp::kMul:
    case BinaryOp::kDiv:
    case BinaryOp::kMod:
    case BinaryOp::kAtan2:
      return kSignPrecedence;
    case BinaryOp::kPow:
      return 6;
    default:
      return 3;  // comparisons and the histogram trims
  }
}

// Operands, and the operators that wait for their right operand: what turns a flat run of signs,
// operands and operators into a tree by precedence without recursion. An `Operator` has a member
// `precedence`.
template <typename Operand, typename Operator>
class OperatorStack {
 public:
  std::vector<Operand> operands;
  std::vector<Operator> operators;

  Operand Pop() {
    Operand operand = std::move(operands.back());
    operands.pop_back();
    return operand;
  }

  // Gives `reduce` every operator above the first `base` ones that binds its operands before
  // `next` does, the topmost first.
  template <typename Reduce>
  void ReduceFor(BinaryOp next, size_t base, Reduce reduce) {
    const int precedence = Precedence(next);
    const bool left_associative = next != BinaryOp::kPow;
    while (operators.size() > base &&
           (operators.back().precedence > precedence ||
            (operators.back().precedence == precedence && left_associative))) {
      reduce(PopOperator());
    }
  }

  template <typename Reduce>
  void ReduceAll(size_t base, Reduce reduce) {
    while (operators.size() > base) reduce(PopOperator());
  }

 private:
  Operator PopOperator() {
    Operator op = std::move(operators.back());
    operators.pop_back();
    return op;
  }
};

}  // namespace promlite::promql::internal

#endif  // PROMLITE_PARSER_PROMQL_OPERATOR_STACK_H_
