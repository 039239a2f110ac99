#include "promlite/engine/promql/operators/binary/unary_minus.h"

#include <memory>
#include <utility>

#include "promlite/engine/blocks/parallel_loops.h"
#include "promlite/engine/blocks/presence_runs.h"
#include "promlite/engine/histograms/arithmetic.h"
#include "promlite/engine/promql/metric_name_removal.h"

namespace promlite::promql::internal {

absl::StatusOr<Block> UnaryMinusOperator::Evaluate(ExecContext& context, const StepGrid& grid,
                                                   std::span<const Block* const> inputs) const {
  const Block& operand = *inputs[0];
  const bool is_vector = expr_.type() == ValueType::kVector;
  Block result(is_vector ? DropMetricName(operand.series, context) : operand.series, grid.steps());
  ForEachRow(context.threads, operand.rows(), grid.steps(), [&](size_t row) {
    CopyPresence(operand, row, &result, row);
    const double* from = operand.values(row);
    double* to = result.values(row);
    const RowSpan span = operand.span(row);
    for (size_t step = span.first; step < span.last; ++step) to[step] = -from[step];
  });
  for (size_t row = 0; row < operand.rows(); ++row) {
    for (const HistogramCell& cell : operand.histograms(row)) {
      auto negative = std::make_shared<Histogram>(*cell.histogram);
      MultiplyHistogram(-1, negative.get());
      result.SetHistogram(row, cell.step, std::move(negative));
    }
  }
  if (is_vector && !context.settings.options.delayed_name_removal) {
    absl::Status status = MergeEqualSeries(context, &result, KindsAtOneStep::kCoexist);
    if (!status.ok()) return status;
  }
  return result;
}

}  // namespace promlite::promql::internal
