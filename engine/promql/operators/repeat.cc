#include "promlite/engine/promql/operators/repeat.h"

namespace promlite::promql::internal {

absl::StatusOr<Block> RepeatOperator::Evaluate(ExecContext&, const StepGrid& grid,
                                               std::span<const Block* const> inputs) const {
  const Block& once = *inputs[0];
  Block repeated(once.series, grid.steps());
  for (size_t row = 0; row < once.rows(); ++row) {
    const bool has_number = !once.span(row).empty();
    for (size_t step = 0; step < grid.steps(); ++step) {
      if (has_number) repeated.Set(row, step, once.values(row)[0]);
      for (const HistogramCell& cell : once.histograms(row)) {
        repeated.SetHistogram(row, step, cell.histogram);
      }
    }
  }
  return repeated;
}

}  // namespace promlite::promql::internal
