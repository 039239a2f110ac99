#include "promlite/engine/kernels/extended_range.h"

#include "promlite/engine/kernels/counter_resets.h"
#include "promlite/engine/kernels/each_window.h"
#include "promlite/engine/kernels/extrapolation.h"
#include "promlite/engine/kernels/range_borders.h"

namespace promlite::internal {
namespace {

enum class Modifier { kAnchored, kSmoothed };

// The value at a time on the line from sample `i` to the next.
template <RateKind kind>
double Interpolate(const RangeInput& input, uint32_t i, int64_t at_ms) {
  double from = input.values[i];
  const double to = input.values[i + 1];
  if (kind != RateKind::kDelta && to < from) from = 0;
  return from + (to - from) * MillisecondsBetween(input.times[i], at_ms) /
                    MillisecondsBetween(input.times[i], input.times[i + 1]);
}

template <Modifier modifier, RateKind kind>
KernelFindings ExtendedRange(const RangeInput& input, double* values, uint64_t* presence) {
  constexpr bool is_counter = kind != RateKind::kDelta;
  constexpr bool is_smoothed = modifier == Modifier::kSmoothed;
  const double* const v = input.values;
  std::vector<uint32_t>& reset_list = input.scratch->indices;
  if (is_counter) {
    RangeInput without_starts = input;
    without_starts.start_times = nullptr;
    FindResets(without_starts, &reset_list);
  }
  IndexRun resets(reset_list);
  for (size_t i = 0; i < input.steps; ++i) {
    const Window window = input.windows[i];
    if (window.begin == window.end) continue;
    const int64_t start_ms = input.range_start_ms(i), end_ms = input.range_end_ms(i);
    const auto borders = FindRangeBorders(input.times + window.begin, input.times + window.end,
                                          start_ms, end_ms, is_smoothed);
    if (!borders || (is_smoothed && *borders->first > end_ms)) continue;

    const auto first = static_cast<uint32_t>(borders->first - input.times);
    const auto last = static_cast<uint32_t>(borders->last - input.times);
    const bool line_at_start = is_smoothed && input.times[first] < start_ms;
    const bool line_at_end = is_smoothed && last > window.begin && input.times[last] > end_ms;
    const double left = line_at_start ? Interpolate<kind>(input, first, start_ms) : v[first];
    const double right = line_at_end ? Interpolate<kind>(input, last - 1, end_ms) : v[last];
    double result = right - left;
    if (is_counter) {
      // From the left value over the samples strictly inside to the right value.
      const uint32_t inside_begin = input.times[first] <= start_ms ? first + 1 : first;
      const uint32_t inside_end = input.times[last] >= end_ms ? last : last + 1;
      double lost = 0, previous = left;
      if (inside_begin < inside_end) {
        if (v[inside_begin] < left) lost += left;
        resets.Within(inside_begin, inside_end, [&](uint32_t reset) { lost += v[reset - 1]; });
        previous = v[inside_end - 1];
      }
      if (right < previous) lost += previous;
      result += lost;
    }
    if (kind == RateKind::kRate) result /= RangeSeconds(input.range_ms);
    values[i] = result;
    presence[i / 64] |= uint64_t{1} << (i % 64);
  }
  return {};
}

}  // namespace

KernelFindings AnchoredRate(const RangeInput& input, double* values, uint64_t* presence) {
  return ExtendedRange<Modifier::kAnchored, RateKind::kRate>(input, values, presence);
}

KernelFindings AnchoredIncrease(const RangeInput& input, double* values, uint64_t* presence) {
  return ExtendedRange<Modifier::kAnchored, RateKind::kIncrease>(input, values, presence);
}

KernelFindings AnchoredDelta(const RangeInput& input, double* values, uint64_t* presence) {
  return ExtendedRange<Modifier::kAnchored, RateKind::kDelta>(input, values, presence);
}

KernelFindings SmoothedRate(const RangeInput& input, double* values, uint64_t* presence) {
  return ExtendedRange<Modifier::kSmoothed, RateKind::kRate>(input, values, presence);
}

KernelFindings SmoothedIncrease(const RangeInput& input, double* values, uint64_t* presence) {
  return ExtendedRange<Modifier::kSmoothed, RateKind::kIncrease>(input, values, presence);
}

KernelFindings SmoothedDelta(const RangeInput& input, double* values, uint64_t* presence) {
  return ExtendedRange<Modifier::kSmoothed, RateKind::kDelta>(input, values, presence);
}

}  // namespace promlite::internal
