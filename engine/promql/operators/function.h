#ifndef PROMLITE_ENGINE_PROMQL_OPERATORS_FUNCTION_H_
#define PROMLITE_ENGINE_PROMQL_OPERATORS_FUNCTION_H_

#include <memory>
#include <string>

#include "promlite/engine/promql/function_table.h"
#include "promlite/engine/promql/operator.h"

namespace promlite::promql::internal {

// A call of a function of the function table. Inputs are the call's arguments.
class FunctionOperator final : public Operator {
 public:
  FunctionOperator(const Call& call, const BlockFunction& function)
      : call_(call), function_(function), prepared_(Prepare(call, function)) {}

  std::string Describe() const override { return std::string(call_.function->name); }
  absl::Status Check() const override { return prepared_.status(); }
  absl::StatusOr<Block> Evaluate(ExecContext& context, const StepGrid& grid,
                                 std::span<const Block* const> inputs) const override {
    return function_.run(FunctionCall{context, call_, grid, inputs, prepared_->get()});
  }

 private:
  using Prepared = absl::StatusOr<std::unique_ptr<const PreparedCall>>;

  static Prepared Prepare(const Call& call, const BlockFunction& function) {
    return function.prepare == nullptr ? nullptr : function.prepare(call);
  }

  const Call& call_;
  const BlockFunction& function_;
  const Prepared prepared_;  // what is wrong is said when the call is checked
};

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_OPERATORS_FUNCTION_H_
