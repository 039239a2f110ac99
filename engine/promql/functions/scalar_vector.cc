#include "promlite/engine/promql/functions/scalar_vector.h"

#include <cstdint>
#include <limits>
#include <numbers>
#include <vector>

#include "promlite/engine/promql/functions/rows.h"
#include "promlite/parser/text/go_min_max.h"

namespace promlite::promql::internal {
namespace {

Block Constant(const FunctionCall& call, double value) {
  return ScalarBlock(call.grid.steps(), value);
}

// Go's Duration.Seconds().
double Seconds(int64_t ms) {
  return static_cast<double>(ms / 1000) + static_cast<double>(ms % 1000 * 1'000'000) / 1e9;
}

template <typename Function>
Block Combine(const FunctionCall& call, Function function) {
  Block out = Constant(call, 0);
  const double* a = call.arguments[0]->values(0);
  const double* b = call.arguments[1]->values(0);
  for (size_t step = 0; step < out.steps(); ++step)
    out.values(0)[step] = function(a[step], b[step]);
  return out;
}

}  // namespace

absl::StatusOr<Block> ScalarOfVector(const FunctionCall& call) {
  const Block& in = *call.arguments[0];
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  Block out = Constant(call, kNan);
  std::vector<bool> seen(out.steps());
  for (size_t row = 0; row < in.rows(); ++row) {
    ForEachSample(in, row, [&](size_t step) {
      out.values(0)[step] = seen[step] ? kNan : in.values(row)[step];
      seen[step] = true;
    });
  }
  return out;
}

absl::StatusOr<Block> VectorOfScalar(const FunctionCall& call) {
  Block out = Constant(call, 0);
  out.CopyRow(0, *call.arguments[0], 0);
  return out;
}

absl::StatusOr<Block> Pi(const FunctionCall& call) { return Constant(call, std::numbers::pi); }

absl::StatusOr<Block> MaxOf(const FunctionCall& call) { return Combine(call, GoMax); }
absl::StatusOr<Block> MinOf(const FunctionCall& call) { return Combine(call, GoMin); }

absl::StatusOr<Block> QueryStart(const FunctionCall& call) {
  return Constant(call, static_cast<double>(call.context.settings.grid.start_ms) / 1000);
}

absl::StatusOr<Block> QueryEnd(const FunctionCall& call) {
  return Constant(call, static_cast<double>(call.context.settings.grid.end_ms) / 1000);
}

absl::StatusOr<Block> QueryRange(const FunctionCall& call) {
  const StepGrid& grid = call.context.settings.grid;
  return Constant(call, Seconds(grid.end_ms - grid.start_ms));
}

absl::StatusOr<Block> QueryStep(const FunctionCall& call) {
  const StepGrid& grid = call.context.settings.grid;
  return Constant(call, grid.start_ms == grid.end_ms ? 0 : Seconds(grid.step_ms));
}

}  // namespace promlite::promql::internal
