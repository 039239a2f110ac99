#include "promlite/engine/promql/operators/binary/scalar_binary.h"

#include <utility>

#include "promlite/engine/blocks/block.h"
#include "promlite/engine/blocks/parallel_loops.h"
#include "promlite/engine/promql/metric_name_removal.h"
#include "promlite/engine/promql/operators/binary/binary.h"

namespace promlite::promql::internal {

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
  ForEachRow(context.threads, vector.rows(), grid.steps(), [&](size_t row) {
    CopyPresence(vector, row, &result, row);
    const double* in = vector.values(row);
    const double* other = scalar.values(0);
    operation_.Apply(vector_is_left ? in : other, vector_is_left ? other : in, in, &result, row);
  });
  if (vector.has_histograms() || operation_.drops_samples()) {
    StepProblems problems(grid.steps());
    OperateOnHistogramsOf(vector, scalar.values(0), &result, &problems);
    problems.Raise(expr_, context);
  }
  result.RemoveEmptyRows();
  if (drops_name && !context.settings.options.delayed_name_removal) {
    if (absl::Status status = MergeEqualSeries(context, &result); !status.ok()) return status;
  }
  return result;
}

void ScalarBinaryOperator::OperateOnHistogramsOf(const Block& vector, const double* scalar,
                                                 Block* result, StepProblems* problems) const {
  const bool vector_is_left = expr_.lhs->type() == ValueType::kVector;
  for (size_t row = 0; row < vector.rows(); ++row) {
    if (operation_.drops_samples()) {
      const StepSpan span = vector.span(row);
      ForEachRun(vector.presence(row), span.first, span.end, [&](size_t first, size_t end) {
        for (size_t step = first; step < end; ++step) {
          problems->Note(step, BinaryProblem::kFloatFloat);
        }
      });
    }
    for (const HistogramCell& cell : vector.histograms(row)) {
      const Operand histogram{0, cell.histogram.get()};
      const Operand number{scalar[cell.step], nullptr};
      HistogramOutcome outcome = vector_is_left ? OperateOnHistograms(expr_.op, histogram, number)
                                                : OperateOnHistograms(expr_.op, number, histogram);
      if (outcome.failed) {
        problems->Note(cell.step, outcome.problem);
      } else {
        result->SetHistogram(row, cell.step, std::move(outcome.histogram));
      }
    }
  }
}

}  // namespace promlite::promql::internal
