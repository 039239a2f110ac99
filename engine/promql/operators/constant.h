#ifndef PROMLITE_ENGINE_PROMQL_OPERATORS_CONSTANT_H_
#define PROMLITE_ENGINE_PROMQL_OPERATORS_CONSTANT_H_

#include <string>

#include "promlite/engine/promql/operator.h"

namespace promlite::promql::internal {

// A number literal: the same scalar at every step.
class ConstantOperator final : public Operator {
 public:
  explicit ConstantOperator(double value) : value_(value) {}

  std::string Describe() const override;
  absl::StatusOr<Block> Evaluate(ExecContext& context, const StepGrid& grid,
                                 std::span<const Block* const> inputs) const override;

 private:
  const double value_;
};

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_OPERATORS_CONSTANT_H_
