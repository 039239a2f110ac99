#ifndef PROMLITE_ENGINE_PROMQL_OPERATORS_REPEAT_H_
#define PROMLITE_ENGINE_PROMQL_OPERATORS_REPEAT_H_

#include <string>

#include "promlite/engine/promql/operator.h"

namespace promlite::promql::internal {

// Hands a result of one step on at every step: what does not depend on the step is evaluated once.
class RepeatOperator final : public Operator {
 public:
  std::string Describe() const override { return "repeat at every step"; }
  absl::StatusOr<Block> Evaluate(ExecContext& context, const StepGrid& grid,
                                 std::span<const Block* const> inputs) const override;
};

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_OPERATORS_REPEAT_H_
