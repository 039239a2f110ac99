#include "promlite/tests/engine/kernels/slow_kernels.h"

#include "promlite/tests/twin/range_functions.h"

namespace promlite::internal {
namespace {

promql::RangeModifier ModifierOf(const RangeCall& call) {
  switch (call.modifier) {
    case TestModifier::kAnchored:
      return promql::RangeModifier::kAnchored;
    case TestModifier::kSmoothed:
      return promql::RangeModifier::kSmoothed;
    case TestModifier::kNone:
      break;
  }
  return promql::RangeModifier::kNone;
}

twin::Range RangeOf(const TestSeries& series, const RangeCall& call, size_t step) {
  twin::Range range;
  range.end = call.range_end_ms(step);
  range.start = range.end - call.range_ms;
  range.evaluation = call.at_ms + static_cast<int64_t>(step) * call.step_ms;
  range.seconds = static_cast<double>(call.range_ms / 1000) +
                  static_cast<double>(call.range_ms % 1000 * 1'000'000) / 1e9;
  range.modifier = ModifierOf(call);
  if (call.modifier != TestModifier::kNone) range.lookback = call.lookback_ms;
  range.parameters = call.parameters;
  range.prometheus2 = call.prometheus2;
  const Window window = WindowOf(series, call, step);
  for (uint32_t i = window.begin; i < window.end; ++i) {
    range.points.push_back({series.times[i], series.values[i],
                            series.start_times.empty() ? 0 : series.start_times[i]});
  }
  return range;
}

}  // namespace

Row SlowlyEvaluate(const TestSeries& series, const RangeCall& call) {
  Row row;
  for (size_t step = 0; step < call.steps; ++step) {
    row.push_back(twin::EvaluateRangeFunction(call.function, RangeOf(series, call, step)));
  }
  return row;
}

}  // namespace promlite::internal
