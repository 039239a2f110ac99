#ifndef PROMLITE_ENGINE_FUNCTIONS_ROWS_H_
#define PROMLITE_ENGINE_FUNCTIONS_ROWS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "absl/status/statusor.h"
#include "promlite/engine/block.h"
#include "promlite/engine/function_table.h"
#include "promlite/engine/metric_name_removal.h"
#include "promlite/engine/worker_pool.h"

namespace promlite::internal {

// Calls visit(step) for every sample of a row, in order.
template <typename Visit>
void ForEachSample(const Block& block, size_t row, Visit visit) {
  const RowSpan span = block.span(row);
  for (size_t step = span.first; step < span.last; ++step) {
    if (block.present(row, step)) visit(step);
  }
}

// Gives an absent row the span and presence of a row of another block.
inline void CopyPresence(const Block& from, size_t from_row, Block* to, size_t to_row) {
  const RowSpan span = from.span(from_row);
  if (span.empty()) return;
  to->span(to_row) = span;
  const uint64_t* bits = from.presence(from_row);
  std::copy(bits + span.first / 64, bits + (span.last - 1) / 64 + 1,
            to->presence(to_row) + span.first / 64);
}

// The cells of `from` under other labels, row by row.
inline Block WithSeries(const Block& from, SeriesSet series) {
  Block block(std::move(series), from.steps());
  for (size_t row = 0; row < from.rows(); ++row) block.CopyRow(row, from, row);
  return block;
}

// What a function that has dropped metric names returns. Under delayed name removal the labels
// still tell the rows apart.
inline absl::StatusOr<Block> WithoutNames(ExecContext& context, Block block) {
  if (!context.options.delayed_name_removal) {
    if (absl::Status s = MergeEqualSeries(context, &block); !s.ok()) return s;
  }
  return block;
}

// function(value, step) for every sample of the first argument, without metric names; rows of equal
// labels are still apart.
template <typename Function>
Block MapCells(const FunctionCall& call, Function function) {
  const Block& in = *call.arguments[0];
  Block out(DropMetricName(in.series, call.context), in.steps());
  // About as many cells as are worth another thread.
  constexpr size_t kGrainCells = 1 << 16;
  const size_t grain = std::max<size_t>(1, kGrainCells / std::max<size_t>(1, in.steps()));
  call.context.workers.ParallelFor(in.rows(), grain, [&](size_t begin, size_t end) {
    for (size_t row = begin; row < end; ++row) {
      CopyPresence(in, row, &out, row);
      const double* from = in.values(row);
      double* to = out.values(row);
      if (in.Dense(row)) {
        const RowSpan span = in.span(row);
        for (size_t step = span.first; step < span.last; ++step) {
          to[step] = function(from[step], step);
        }
      } else {
        ForEachSample(in, row, [&](size_t step) { to[step] = function(from[step], step); });
      }
    }
  });
  return out;
}

// The function of one vector that is function(value, step) for every sample.
template <typename Function>
absl::StatusOr<Block> MapSamples(const FunctionCall& call, Function function) {
  return WithoutNames(call.context, MapCells(call, function));
}

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_FUNCTIONS_ROWS_H_
