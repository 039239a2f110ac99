#include "promlite/engine/operators/scalar_binary.h"

#include "promlite/engine/metric_name_removal.h"
#include "promlite/engine/operators/binary_text.h"
#include "promlite/engine/presence_runs.h"
#include "promlite/engine/side_by_side.h"

namespace promlite::internal {

std::string ScalarBinaryOperator::Describe() const { return DescribeBinary(expr_); }

absl::StatusOr<Block> ScalarBinaryOperator::Evaluate(ExecContext& context, const StepGrid& grid,
                                                     std::span<const Block* const> inputs) const {
  const bool vector_is_left = expr_.lhs->type() == ValueType::kVector;
  const bool has_vector = vector_is_left || expr_.rhs->type() == ValueType::kVector;
  // Of two scalars either will do: a block of one row that is present everywhere.
  const Block& vector = vector_is_left ? *inputs[0] : *inputs[1];
  const Block& scalar = vector_is_left ? *inputs[1] : *inputs[0];
  const bool drops_name = has_vector && operation_.changes_metric();
  Block result(drops_name ? DropMetricName(vector.series, context) : vector.series, grid.steps());
  ForEachRow(context.workers, vector.rows(), grid.steps(), [&](size_t row) {
    CopyPresence(vector, row, &result, row);
    const double* in = vector.values(row);
    const double* other = scalar.values(0);
    operation_.Apply(vector_is_left ? in : other, vector_is_left ? other : in, in, &result, row);
  });
  if (operation_.drops_samples() && vector.rows() > 0) InfoIncompatible(expr_, context);
  result.RemoveEmptyRows();
  if (drops_name && !context.options.delayed_name_removal) {
    if (absl::Status status = MergeEqualSeries(context, &result); !status.ok()) return status;
  }
  return result;
}

}  // namespace promlite::internal
