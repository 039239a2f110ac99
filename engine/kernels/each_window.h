#ifndef PROMLITE_ENGINE_KERNELS_EACH_WINDOW_H_
#define PROMLITE_ENGINE_KERNELS_EACH_WINDOW_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "promlite/engine/kernels/range_kernel.h"

namespace promlite::internal {

// values[i] = evaluate(i, window) for every step whose window has at least `least` samples.
template <typename Evaluate>
void EachWindow(const RangeInput& input, uint32_t least, double* values, uint64_t* presence,
                Evaluate evaluate) {
  for (size_t base = 0; base < input.steps; base += 64) {
    const size_t end = std::min(input.steps, base + 64);
    uint64_t present = 0;
    for (size_t i = base; i < end; ++i) {
      const Window window = input.windows[i];
      if (window.size() < least) continue;
      values[i] = evaluate(i, window);
      present |= uint64_t{1} << (i - base);
    }
    presence[base / 64] = present;
  }
}

// The same for a fold over the samples one after the other: `fold(window)` begins one, Add(k) takes
// in the window's sample k, Result() ends it. Such a fold waits for its own last addition at every
// sample; so neighbouring windows of equal size, the rule where samples are regular, are folded
// side by side.
template <typename MakeFold>
void FoldEachWindow(const RangeInput& input, uint32_t least, double* values, uint64_t* presence,
                    MakeFold fold) {
  constexpr size_t kLanes = 4;
  const Window* const windows = input.windows;
  const auto set = [&](size_t i, double value) {
    values[i] = value;
    presence[i / 64] |= uint64_t{1} << (i % 64);
  };
  size_t i = 0;
  while (i < input.steps) {
    const uint32_t size = windows[i].size();
    if (size < least) {
      ++i;
      continue;
    }
    const bool side_by_side = i + kLanes <= input.steps && windows[i + 1].size() == size &&
                              windows[i + 2].size() == size && windows[i + 3].size() == size;
    if (side_by_side) {
      auto a = fold(windows[i]), b = fold(windows[i + 1]);
      auto c = fold(windows[i + 2]), d = fold(windows[i + 3]);
      for (uint32_t k = 0; k < size; ++k) {
        a.Add(windows[i].begin + k);
        b.Add(windows[i + 1].begin + k);
        c.Add(windows[i + 2].begin + k);
        d.Add(windows[i + 3].begin + k);
      }
      set(i, a.Result());
      set(i + 1, b.Result());
      set(i + 2, c.Result());
      set(i + 3, d.Result());
      i += kLanes;
    } else {
      auto a = fold(windows[i]);
      for (uint32_t k = 0; k < size; ++k) a.Add(windows[i].begin + k);
      set(i, a.Result());
      ++i;
    }
  }
}

// b - a. Wraps round at the ends of time, as Go does, where signed arithmetic would be undefined.
inline double MillisecondsBetween(int64_t a_ms, int64_t b_ms) {
  const uint64_t difference = static_cast<uint64_t>(b_ms) - static_cast<uint64_t>(a_ms);
  return static_cast<double>(static_cast<int64_t>(difference));
}

// The same in seconds, as Prometheus calculates durations.
inline double SecondsBetween(int64_t a_ms, int64_t b_ms) {
  return MillisecondsBetween(a_ms, b_ms) / 1000;
}

// A range in seconds, calculated as Go's Duration.Seconds() does: whole seconds and the rest apart.
inline double RangeSeconds(int64_t range_ms) {
  return static_cast<double>(range_ms / 1000) +
         static_cast<double>(range_ms % 1000 * 1'000'000) / 1e9;
}

// The samples [first, second) that any window holds.
inline std::pair<size_t, size_t> SamplesInWindows(const RangeInput& input) {
  if (input.steps == 0) return {0, 0};
  return {input.windows[0].begin, input.windows[input.steps - 1].end};
}

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_KERNELS_EACH_WINDOW_H_
