#include "promlite/engine/promql/operator.h"

#include <algorithm>

#include "promlite/engine/blocks/block.h"
#include "promlite/engine/promql/metric_name_removal.h"

namespace promlite::promql::internal {
namespace {

// Rows of a batch: enough to keep all threads busy, few enough that the batch stays in the cache.
constexpr size_t kBatchCells = 256 * 1024;
constexpr size_t kMinBatchRows = 16;
constexpr size_t kMaxBatchRows = 4096;

// How many series a batch of rows holds.
size_t BatchRows(const ExecContext& context, const StepGrid& grid) {
  const size_t chosen = context.settings.options.batch_series;
  if (chosen > 0) return chosen;
  return std::clamp(kBatchCells / std::max<size_t>(1, grid.steps()), kMinBatchRows, kMaxBatchRows);
}

// Fills rows [first_row, first_row + end - begin) of `block` with series [begin, end), side by side
// on the query's threads.
void FillRows(ExecContext& context, RowReader& rows, size_t begin, size_t end, Block* block,
              size_t first_row) {
  constexpr size_t kMinRowsAThread = 8;
  if (rows.MayHaveHistograms() && !block->has_histograms()) block->AllocateHistograms();
  context.threads.ParallelFor(end - begin, kMinRowsAThread, [&](size_t from, size_t to) {
    rows.Fill(begin + from, begin + to, block, first_row + from);
  });
}

// Makes all rows absent again, keeping their memory.
void ClearRows(Block* block) {
  for (size_t row = 0; row < block->rows(); ++row) {
    const StepSpan span = block->span(row);
    ForEachWord(span.first, span.end,
                [&](size_t word, uint64_t) { block->presence(row)[word] = 0; });
    block->span(row) = {};
  }
  block->DropHistograms();
}

// Fills the rows of `block`, which has all of the reader's.
absl::Status FillAll(ExecContext& context, const StepGrid& grid, RowReader& rows, Block* block) {
  const size_t batch_rows = BatchRows(context, grid);
  // Histograms are large, and how many there are is known only now: so they are counted as they
  // come, until the whole block is counted.
  int64_t histogram_samples = 0;
  for (size_t begin = 0; begin < block->rows(); begin += batch_rows) {
    if (absl::Status status = context.budget.Check(); !status.ok()) return status;
    const size_t end = std::min(block->rows(), begin + batch_rows);
    FillRows(context, rows, begin, end, block, begin);
    if (!block->has_histograms()) continue;
    int64_t held = 0;
    for (size_t row = begin; row < end; ++row) held += HistogramSizeInSamples(*block, row);
    histogram_samples += held;
    if (absl::Status status = context.budget.Hold(held, 0); !status.ok()) return status;
  }
  (void)context.budget.Hold(-histogram_samples, 0);
  return rows.Finish(context);
}

}  // namespace

absl::StatusOr<Block> Operator::Evaluate(ExecContext& context, const StepGrid& grid,
                                         std::span<const Block* const> inputs) const {
  const absl::StatusOr<std::unique_ptr<RowReader>> rows = OpenRows(context, grid, inputs);
  if (!rows.ok()) return rows.status();
  return ReadAllRows(context, grid, **rows);
}

absl::StatusOr<std::unique_ptr<RowReader>> Operator::OpenRows(ExecContext&, const StepGrid&,
                                                              std::span<const Block* const>) const {
  return absl::InternalError("this operator hands out no rows one by one");
}

absl::StatusOr<Block> Operator::EvaluateRows(ExecContext&, const StepGrid&, RowReader&,
                                             std::span<const Block* const>) const {
  return absl::InternalError("this operator takes no rows one by one");
}

absl::StatusOr<Block> ReadAllRows(ExecContext& context, const StepGrid& grid, RowReader& rows) {
  if (absl::Status s = context.budget.CheckFits(rows.series().size(), grid.steps()); !s.ok()) {
    return s;
  }
  Block block(rows.series(), grid.steps());
  if (absl::Status status = FillAll(context, grid, rows, &block); !status.ok()) return status;
  block.RemoveEmptyRows();
  const EqualSeries equal_series = rows.equal_series();
  if (equal_series == EqualSeries::kNone) return block;
  if (equal_series == EqualSeries::kRefuse && HasEqualLabels(block.series)) {
    return absl::FailedPreconditionError("vector cannot contain metrics with the same labelset");
  }
  if (absl::Status status = MergeEqualSeries(context, &block); !status.ok()) return status;
  return block;
}

absl::Status ForEachBatch(
    ExecContext& context, const StepGrid& grid, RowReader& rows,
    absl::FunctionRef<void(const Block& batch, size_t first, size_t count)> take) {
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

int64_t HistogramSizeInSamples(const Block& block, size_t row) {
  int64_t samples = 0;
  for (const HistogramCell& cell : block.histograms(row)) samples += SizeInSamples(*cell.histogram);
  return samples;
}

}  // namespace promlite::promql::internal
