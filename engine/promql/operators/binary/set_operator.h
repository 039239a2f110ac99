#ifndef PROMLITE_ENGINE_PROMQL_OPERATORS_BINARY_SET_OPERATOR_H_
#define PROMLITE_ENGINE_PROMQL_OPERATORS_BINARY_SET_OPERATOR_H_

#include <span>
#include <string>

#include "promlite/engine/blocks/vector_matching.h"
#include "promlite/engine/promql/operator.h"
#include "promlite/parser/promql/ast.h"

namespace promlite::promql::internal {

// `and`, `or`, `unless`: which samples stay is decided by whether the other side has any sample of
// the same match group at the same step; values and labels stay as they are.
class SetOperator final : public Operator {
 public:
  explicit SetOperator(const BinaryExpr& expr) : expr_(expr) {}

  std::string Describe() const override;
  absl::StatusOr<Block> Evaluate(ExecContext& context, const StepGrid& grid,
                                 std::span<const Block* const> inputs) const override;

 private:
  const BinaryExpr& expr_;
};

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_OPERATORS_BINARY_SET_OPERATOR_H_
