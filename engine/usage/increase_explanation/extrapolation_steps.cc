#include "promlite/engine/usage/increase_explanation/extrapolation_steps.h"

#include "promlite/engine/kernels/counter_resets.h"
#include "promlite/engine/kernels/each_window.h"

namespace promlite::internal {
namespace {

bool IsReset(const SamplesView& samples, size_t i) {
  if (samples.values[i] < samples.values[i - 1]) return true;
  const int64_t* const starts = samples.start_times;
  return starts != nullptr &&
         IsStartTimeReset(starts[i - 1], samples.times[i - 1], starts[i], samples.times[i]);
}

void AddResets(const SamplesView& samples, ExtrapolationSteps* steps) {
  for (size_t i = 1; i < samples.size; ++i) {
    if (!IsReset(samples, i)) continue;
    steps->resets.push_back(i);
    steps->added_by_resets += samples.values[i - 1];
    steps->increase += samples.values[i - 1];
  }
}

void Stretch(double distance, double average_interval, IncreaseEdge* edge) {
  const bool far = distance >= average_interval * 1.1;
  edge->rule = far ? EdgeRule::kHalfAnInterval : EdgeRule::kToTheEdge;
  edge->stretch = far ? average_interval / 2 : distance;
}

// A counter is not stretched back beyond its zero.
void LimitByZero(double first_value, Compatibility compatibility, ExtrapolationSteps* steps) {
  if (!(steps->increase > 0 && first_value >= 0)) return;
  IncreaseEdge& start = steps->start;
  const double to_zero = steps->sampled * (first_value / steps->increase);
  start.to_zero = to_zero;
  if (compatibility == Compatibility::kPrometheus3) {
    if (!(to_zero < start.stretch)) return;
  } else {
    // The zero stands in for the edge, and is then as near or far as an edge may be.
    if (!(to_zero < start.distance)) return;
    Stretch(to_zero, steps->average_interval, &start);
    if (start.rule == EdgeRule::kHalfAnInterval) return;
  }
  start.rule = EdgeRule::kCounterZero;
  start.stretch = to_zero;
}

// Whether the first sample stands for a zero at its start time, which lies within the range.
bool BeganWithin(const SamplesView& samples, const Extrapolation& what) {
  if (samples.start_times == nullptr || !what.is_counter()) return false;
  const int64_t start = samples.start_times[0];
  return start != 0 && start > what.range_start_ms && start < samples.times[0];
}

}  // namespace

std::optional<ExtrapolationSteps> ExplainExtrapolation(const SamplesView& samples,
                                                       const Extrapolation& what) {
  const bool began_within = samples.size > 0 && BeganWithin(samples, what);
  if (samples.size < (began_within ? 1 : 2)) return std::nullopt;
  const size_t last = samples.size - 1;
  const double first_value = samples.values[0];

  ExtrapolationSteps steps;
  steps.sampled = SecondsBetween(samples.times[0], samples.times[last]);
  steps.average_interval = last > 0 ? steps.sampled / static_cast<double>(last) : 0;
  steps.start.distance = SecondsBetween(what.range_start_ms, samples.times[0]);
  steps.end.distance = SecondsBetween(samples.times[last], what.range_end_ms);
  steps.raw_difference = samples.values[last] - first_value;
  steps.increase = steps.raw_difference;
  if (what.is_counter()) AddResets(samples, &steps);

  Stretch(steps.end.distance, steps.average_interval, &steps.end);
  if (began_within) {
    steps.sampled = SecondsBetween(samples.start_times[0], samples.times[last]);
    steps.start.rule = EdgeRule::kStartTimestamp;
    steps.added_from_start = first_value;
    steps.increase += first_value;
  } else {
    Stretch(steps.start.distance, steps.average_interval, &steps.start);
    if (what.is_counter()) LimitByZero(first_value, what.compatibility, &steps);
  }
  steps.factor = (steps.sampled + steps.start.stretch + steps.end.stretch) / steps.sampled;
  steps.result = steps.increase *
                 (what.is_per_second() ? steps.factor / RangeSeconds(what.range_ms) : steps.factor);
  return steps;
}

}  // namespace promlite::internal
