#include "promlite/engine/promql/operator.h"

#include <algorithm>

#include "promlite/engine/promql/metric_name_removal.h"

namespace promlite::promql::internal {
namespace {

// Rows of a batch: enough to keep all threads busy, few enough that the batch stays in the cache.
constexpr size_t kBatchCells = 256 * 1024;
constexpr size_t kMinBatchRows = 16;
constexpr size_t kMaxBatchRows = 4096;

}  // namespace

size_t BatchRows(const ExecContext& context, const StepGrid& grid) {
  if (context.settings.options.batch_series > 0) return context.settings.options.batch_series;
  return std::clamp(kBatchCells / std::max<size_t>(1, grid.steps()), kMinBatchRows, kMaxBatchRows);
}

int64_t HistogramSizeInSamples(const Block& block, size_t row) {
  int64_t samples = 0;
  for (const HistogramCell& cell : block.histograms(row)) samples += SizeInSamples(*cell.histogram);
  return samples;
}

void FillRows(ExecContext& context, RowReader& reader, size_t begin, size_t end, Block* block,
              size_t first_row) {
  constexpr size_t kMinRowsAThread = 8;
  if (reader.MayHaveHistograms() && !block->has_histograms()) block->AllocateHistograms();
  context.threads.ParallelFor(end - begin, kMinRowsAThread, [&](size_t from, size_t to) {
    reader.Fill(begin + from, begin + to, block, first_row + from);
  });
}

absl::StatusOr<Block> RowSource::ReadAll(ExecContext& context, const StepGrid& grid,
                                         RowReader& reader) const {
  if (absl::Status s = context.budget.CheckFits(reader.series().size(), grid.steps()); !s.ok()) {
    return s;
  }
  Block block(reader.series(), grid.steps());
  const size_t batch_rows = BatchRows(context, grid);
  // Histograms are large, and how many there are is known only now: so they are counted as they
  // come, until the whole block is counted.
  int64_t histogram_samples = 0;
  for (size_t begin = 0; begin < block.rows(); begin += batch_rows) {
    if (absl::Status status = context.budget.Check(); !status.ok()) return status;
    const size_t end = std::min(block.rows(), begin + batch_rows);
    FillRows(context, reader, begin, end, &block, begin);
    if (!block.has_histograms()) continue;
    int64_t held = 0;
    for (size_t row = begin; row < end; ++row) held += HistogramSizeInSamples(block, row);
    histogram_samples += held;
    if (absl::Status status = context.budget.Hold(held, 0); !status.ok()) return status;
  }
  (void)context.budget.Hold(-histogram_samples, 0);
  if (absl::Status status = reader.Finish(context); !status.ok()) return status;
  block.RemoveEmptyRows();
  if (HasEqualSeries(context, reader)) {
    if (EqualSeriesAreAnError() && HasEqualLabels(block.series)) {
      return absl::FailedPreconditionError("vector cannot contain metrics with the same labelset");
    }
    if (absl::Status status = MergeEqualSeries(context, &block); !status.ok()) return status;
  }
  return block;
}

absl::StatusOr<Block> RowSource::Evaluate(ExecContext& context, const StepGrid& grid,
                                          std::span<const Block* const> inputs) const {
  absl::StatusOr<std::unique_ptr<RowReader>> reader = Open(context, grid, inputs);
  if (!reader.ok()) return reader.status();
  return ReadAll(context, grid, **reader);
}

}  // namespace promlite::promql::internal
