#include "promlite/engine/kernels/windows.h"

#include <algorithm>

namespace promlite::internal {
namespace {

// The first index from `from` on whose time is after `limit_ms`. `guess` is how far away it was the
// last time, which regular samples make right at once.
size_t FirstAfter(const int64_t* times, size_t size, size_t from, size_t guess, int64_t limit_ms) {
  size_t i = std::min(from + guess, size);
  while (i > from && times[i - 1] > limit_ms) --i;
  while (i < size && times[i] <= limit_ms) ++i;
  return i;
}

}  // namespace

StepSpan LiveSteps(const ReferenceTimes& reference, int64_t before_ms, int64_t after_ms,
                   int64_t first_sample_ms, int64_t last_sample_ms) {
  // Alive: reference + after >= first sample, and reference - before < last sample.
  const int64_t least = SubtractMilliseconds(first_sample_ms, after_ms);
  const int64_t below = AddMilliseconds(last_sample_ms, before_ms);
  if (reference.step_ms == 0) {
    const bool alive = reference.first_ms >= least && reference.first_ms < below;
    return {0, alive ? reference.steps : 0};
  }
  const auto first_step_at_or_after = [&](int64_t ms) -> size_t {
    if (ms <= reference.first_ms) return 0;
    // Unsigned: the distance can be longer than an int64_t says.
    const uint64_t distance = static_cast<uint64_t>(ms) - static_cast<uint64_t>(reference.first_ms);
    const auto step_ms = static_cast<uint64_t>(reference.step_ms);
    const uint64_t step = distance / step_ms + (distance % step_ms != 0);
    return std::min<uint64_t>(step, reference.steps);
  };
  return {first_step_at_or_after(least), first_step_at_or_after(below)};
}

void ComputeWindows(const int64_t* times, size_t size, const ReferenceTimes& reference,
                    int64_t before_ms, int64_t after_ms, StepSpan span,
                    std::vector<Window>* windows) {
  windows->resize(span.size());
  if (span.empty()) return;
  // Both ends only move forward. Where the first window begins and ends is found by bisection.
  const int64_t first_at = reference.at(span.first);
  const auto bisect = [&](int64_t limit_ms) {
    return static_cast<size_t>(std::upper_bound(times, times + size, limit_ms) - times);
  };
  size_t begin = bisect(SubtractMilliseconds(first_at, before_ms)), begin_guess = 0;
  size_t end = bisect(AddMilliseconds(first_at, after_ms)), end_guess = 0;
  for (size_t i = 0; i < span.size(); ++i) {
    const int64_t at = reference.at(span.first + i);
    const size_t new_begin =
        FirstAfter(times, size, begin, begin_guess, SubtractMilliseconds(at, before_ms));
    const size_t new_end =
        FirstAfter(times, size, std::max(end, new_begin), end_guess, AddMilliseconds(at, after_ms));
    begin_guess = new_begin - begin;
    end_guess = new_end - end;
    begin = new_begin;
    end = new_end;
    (*windows)[i] = {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
  }
}

}  // namespace promlite::internal
