#ifndef PROMLITE_ENGINE_PROMQL_OPERATORS_AGGREGATION_ROW_BATCHES_H_
#define PROMLITE_ENGINE_PROMQL_OPERATORS_AGGREGATION_ROW_BATCHES_H_

#include <algorithm>
#include <cstddef>

#include "absl/status/status.h"
#include "promlite/engine/blocks/presence_runs.h"
#include "promlite/engine/promql/operator.h"

namespace promlite::promql::internal {

// Makes all rows absent again, keeping their memory.
inline void ClearRows(Block* block) {
  for (size_t row = 0; row < block->rows(); ++row) {
    const RowSpan span = block->span(row);
    ForEachWord(span.first, span.last,
                [&](size_t word, uint64_t) { block->presence(row)[word] = 0; });
    block->span(row) = {};
  }
  block->DropHistograms();
}

// Fills all rows of a reader batch by batch and calls take(batch, first, count) for each: series
// [first, first + count) are the first rows of `batch`, until take() returns.
template <typename Take>
absl::Status ForEachBatch(ExecContext& context, const StepGrid& grid, RowReader& rows, Take take) {
  const size_t series = rows.series().size();
  const size_t batch_rows = std::min(series, BatchRows(context, grid));
  Block batch(grid.steps());
  batch.AllocateRows(batch_rows);
  for (size_t begin = 0; begin < series; begin += batch_rows) {
    if (absl::Status status = context.budget.Check(); !status.ok()) return status;
    const size_t end = std::min(series, begin + batch_rows);
    ClearRows(&batch);
    FillRows(context, rows, begin, end, &batch, 0);
    take(batch, begin, end - begin);
  }
  return rows.Finish(context);
}

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_OPERATORS_AGGREGATION_ROW_BATCHES_H_
