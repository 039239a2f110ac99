#include "promlite/engine/promql/functions/clamp_round.h"

#include <cmath>
#include <limits>
#include <utility>

#include "promlite/engine/promql/functions/rows.h"
#include "promlite/parser/text/go_min_max.h"

namespace promlite::promql::internal {

absl::StatusOr<Block> Clamp(const FunctionCall& call) {
  const double* lower = call.arguments[1]->values(0);
  const double* upper = call.arguments[2]->values(0);
  Block clamped = MapCells(
      call, [=](double v, size_t step) { return GoMax(lower[step], GoMin(upper[step], v)); });
  bool removed = false;
  for (size_t step = 0; step < clamped.steps(); ++step) {
    if (!(upper[step] < lower[step])) continue;
    removed = true;
    for (size_t row = 0; row < clamped.rows(); ++row) ClearBit(clamped.presence(row), step);
  }
  if (removed) clamped.RemoveEmptyRows();
  return WithoutNames(call.context, std::move(clamped));
}

absl::StatusOr<Block> ClampMin(const FunctionCall& call) {
  const double* lower = call.arguments[1]->values(0);
  constexpr double kUpper = std::numeric_limits<double>::infinity();
  return MapSamples(call,
                    [=](double v, size_t step) { return GoMax(lower[step], GoMin(kUpper, v)); });
}

absl::StatusOr<Block> ClampMax(const FunctionCall& call) {
  const double* upper = call.arguments[1]->values(0);
  constexpr double kLower = -std::numeric_limits<double>::infinity();
  return MapSamples(call,
                    [=](double v, size_t step) { return GoMax(kLower, GoMin(upper[step], v)); });
}

absl::StatusOr<Block> Round(const FunctionCall& call) {
  const double* unit = call.arguments.size() > 1 ? call.arguments[1]->values(0) : nullptr;
  return MapSamples(call, [=](double v, size_t step) {
    // As Prometheus: the inverse loses less than dividing by the unit twice.
    const double inverse = 1.0 / (unit == nullptr ? 1.0 : unit[step]);
    return std::floor(v * inverse + 0.5) / inverse;
  });
}

}  // namespace promlite::promql::internal
