#ifndef PROMLITE_ENGINE_PROMQL_FUNCTIONS_ROWS_H_
#define PROMLITE_ENGINE_PROMQL_FUNCTIONS_ROWS_H_

#include <cstddef>
#include <utility>

#include "absl/status/statusor.h"
#include "promlite/engine/blocks/block.h"
#include "promlite/engine/blocks/parallel_loops.h"
#include "promlite/engine/promql/functions/function_call.h"
#include "promlite/engine/promql/metric_name_removal.h"

namespace promlite::promql::internal {

// Calls visit(step) for every sample of a row, in order.
template <typename Visit>
void ForEachSample(const Block& block, size_t row, Visit visit) {
  const StepSpan span = block.span(row);
  ForEachRun(block.presence(row), span.first, span.end, [&](size_t first, size_t end) {
    for (size_t step = first; step < end; ++step) visit(step);
  });
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
  if (!context.settings.options.delayed_name_removal) {
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
  ForEachRow(call.context.threads, in.rows(), in.steps(), [&](size_t row) {
    CopyPresence(in, row, &out, row);
    const double* from = in.values(row);
    double* to = out.values(row);
    ForEachSample(in, row, [&](size_t step) { to[step] = function(from[step], step); });
  });
  return out;
}

// The function of one vector that is function(value, step) for every sample.
template <typename Function>
absl::StatusOr<Block> MapSamples(const FunctionCall& call, Function function) {
  return WithoutNames(call.context, MapCells(call, function));
}

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_FUNCTIONS_ROWS_H_
