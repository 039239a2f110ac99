#include "promlite/engine/kernels/extended_range.h"

#include "promlite/engine/kernels/counter_resets.h"
#include "promlite/engine/kernels/each_window.h"
#include "promlite/engine/kernels/extrapolation.h"
#include "promlite/engine/kernels/range_borders.h"
#include "promlite/parser/text/milliseconds.h"

namespace promlite::internal {
namespace {

enum class Modifier { kAnchored, kSmoothed };

struct Point {
  int64_t time_ms;
  double value;
};

Point Sample(const RangeInput& input, uint32_t i) { return {input.times[i], input.values[i]}; }

// The value at a time on the line from one point to another.
template <RateKind kind>
double OnLine(Point from, Point to, int64_t at_ms) {
  if (kind != RateKind::kDelta && to.value < from.value) from.value = 0;
  return from.value + (to.value - from.value) * MillisecondsBetween(from.time_ms, at_ms) /
                          MillisecondsBetween(from.time_ms, to.time_ms);
}

template <RateKind kind>
double Interpolate(const RangeInput& input, uint32_t i, int64_t at_ms) {
  return OnLine<kind>(Sample(input, i), Sample(input, i + 1), at_ms);
}

// Whether a counter that a sample shows is known to have begun behind `time_ms`, and before the
// sample.
bool BeganBehind(int64_t time_ms, int64_t start, int64_t sample_time_ms) {
  return start != 0 && start > time_ms && start < sample_time_ms;
}

// What a counter is at a border of the range, and the start time of what it is there (milliseconds,
// 0 = unknown).
struct Border {
  double value;
  int64_t start;
};

// The border on which no sample lies and which has a sample behind it only: a counter that began
// since the lookback's beginning stood at zero until its start.
template <Modifier modifier>
double BeforeFirstSample(Point sample, int64_t start, int64_t border_ms,
                         int64_t lookback_start_ms) {
  if (!BeganBehind(lookback_start_ms, start, sample.time_ms)) return sample.value;
  if (modifier == Modifier::kAnchored || BeganBehind(border_ms, start, sample.time_ms)) return 0;
  return OnLine<RateKind::kIncrease>({start, 0}, sample, border_ms);
}

template <Modifier modifier>
Border LeftBorder(const RangeInput& input, uint32_t first, int64_t start_ms,
                  int64_t lookback_start_ms) {
  Point sample = Sample(input, first);
  const int64_t start = input.start_times[first];
  if (sample.time_ms == start_ms) return {sample.value, start};
  Border border{sample.value, start > start_ms ? 0 : start};
  if (sample.time_ms > start_ms) {
    border.value = BeforeFirstSample<modifier>(sample, start, start_ms, lookback_start_ms);
    return border;
  }
  Point next = Sample(input, first + 1);
  const int64_t next_start = input.start_times[first + 1];
  if (BeganBehind(start_ms, next_start, next.time_ms)) {
    next = {next_start, 0};
  } else if (IsStartTimeReset(start, sample.time_ms, next_start, next.time_ms)) {
    sample = {next_start, 0};
    border.start = next_start;
  }
  border.value = modifier == Modifier::kSmoothed
                     ? OnLine<RateKind::kIncrease>(sample, next, start_ms)
                     : sample.value;
  return border;
}

template <Modifier modifier>
Border RightBorder(const RangeInput& input, uint32_t last, bool alone, int64_t end_ms,
                   int64_t lookback_start_ms) {
  Point sample = Sample(input, last);
  const int64_t start = input.start_times[last];
  Border border{sample.value, start > end_ms ? 0 : start};
  if (sample.time_ms <= end_ms) return border;
  if (alone) {
    border.value = BeforeFirstSample<modifier>(sample, start, end_ms, lookback_start_ms);
    return border;
  }
  Point previous = Sample(input, last - 1);
  const int64_t previous_start = input.start_times[last - 1];
  if (BeganBehind(end_ms, start, sample.time_ms)) {
    sample = {start, 0};
    border.start = previous_start;
  } else if (IsStartTimeReset(previous_start, previous.time_ms, start, sample.time_ms)) {
    previous = {start, 0};
  }
  border.value = modifier == Modifier::kSmoothed
                     ? OnLine<RateKind::kIncrease>(previous, sample, end_ms)
                     : previous.value;
  return border;
}

// What was lost at resets from the left border over the samples [begin, end) to the right one.
// `resets` are those between samples.
double LostAtResets(const RangeInput& input, Border left, int64_t start_ms, Border right,
                    int64_t end_ms, uint32_t begin, uint32_t end, IndexRun* resets) {
  const int64_t* const starts = input.start_times;
  double lost = 0;
  Point previous{start_ms, left.value};
  int64_t previous_start = left.start;
  if (begin < end) {
    const Point first = Sample(input, begin);
    if (first.value < left.value ||
        IsStartTimeReset(left.start, start_ms, starts[begin], first.time_ms)) {
      lost += left.value;
    }
    resets->Within(begin, end, [&](uint32_t reset) { lost += input.values[reset - 1]; });
    previous = Sample(input, end - 1);
    previous_start = starts[end - 1];
  }
  if (right.value < previous.value ||
      IsStartTimeReset(previous_start, previous.time_ms, right.start, end_ms)) {
    lost += previous.value;
  }
  return lost;
}

// Counters whose start times are known: they are zero at their start, and what they were before is
// not lost.
template <Modifier modifier, RateKind kind>
KernelFindings CounterWithStartTimes(const RangeInput& input, double* values, uint64_t* presence) {
  constexpr bool is_smoothed = modifier == Modifier::kSmoothed;
  FindResets(input, &input.scratch->indices);
  IndexRun resets(input.scratch->indices);
  for (size_t i = 0; i < input.steps; ++i) {
    const Window window = input.windows[i];
    if (window.begin == window.end) continue;
    const int64_t start_ms = input.range_start_ms(i), end_ms = input.range_end_ms(i);
    const int64_t lookback_start_ms = SubtractMilliseconds(start_ms, input.lookback_ms);
    const auto borders = FindRangeBorders(input.times + window.begin, input.times + window.end,
                                          start_ms, end_ms, is_smoothed);
    if (!borders) continue;
    const auto first = static_cast<uint32_t>(borders->first - input.times);
    const auto last = static_cast<uint32_t>(borders->last - input.times);
    const int64_t first_ms = input.times[first], first_start = input.start_times[first];
    if (is_smoothed && first_ms > end_ms &&
        (!BeganBehind(lookback_start_ms, first_start, first_ms) ||
         BeganBehind(end_ms, first_start, first_ms))) {
      continue;
    }
    const Border left = LeftBorder<modifier>(input, first, start_ms, lookback_start_ms);
    const Border right =
        RightBorder<modifier>(input, last, last == window.begin, end_ms, lookback_start_ms);
    double result = right.value - left.value;
    result +=
        LostAtResets(input, left, start_ms, right, end_ms, first_ms <= start_ms ? first + 1 : first,
                     input.times[last] >= end_ms ? last : last + 1, &resets);
    if (kind == RateKind::kRate) result /= RangeSeconds(input.range_ms);
    values[i] = result;
    presence[i / 64] |= uint64_t{1} << (i % 64);
  }
  return {};
}

template <Modifier modifier, RateKind kind>
KernelFindings ExtendedRange(const RangeInput& input, double* values, uint64_t* presence) {
  constexpr bool is_counter = kind != RateKind::kDelta;
  constexpr bool is_smoothed = modifier == Modifier::kSmoothed;
  const double* const v = input.values;
  if (is_counter && input.start_times != nullptr) {
    return CounterWithStartTimes<modifier, kind>(input, values, presence);
  }
  std::vector<uint32_t>& reset_list = input.scratch->indices;
  if (is_counter) FindResets(input, &reset_list);
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
