#ifndef PROMLITE_ENGINE_PROMQL_OPERATORS_FUNCTION_H_
#define PROMLITE_ENGINE_PROMQL_OPERATORS_FUNCTION_H_

#include <string>

#include "promlite/engine/promql/function_table.h"
#include "promlite/engine/promql/operator.h"

namespace promlite::promql::internal {

// A call of a function of the function table. Inputs are the call's arguments.
class FunctionOperator final : public Operator {
 public:
  FunctionOperator(const Call& call, const BlockFunction& function)
      : call_(call), function_(function) {}

  std::string Describe() const override { return std::string(call_.function->name); }
  absl::Status Check() const override {
    return function_.check == nullptr ? absl::OkStatus() : function_.check(call_);
  }
  absl::StatusOr<Block> Evaluate(ExecContext& context, const StepGrid& grid,
                                 std::span<const Block* const> inputs) const override {
    return function_.run(FunctionCall{context, call_, grid, inputs});
  }

 private:
  const Call& call_;
  const BlockFunction& function_;
};

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_OPERATORS_FUNCTION_H_
