#include "promlite/engine/kernels/instant_kernel.h"

#include <algorithm>

#include "promlite/engine/kernels/each_window.h"
#include "promlite/storage/metrics/sample.h"

namespace promlite::internal {

namespace {

// values[i] = value(index) of the window's newest sample, where that is not hidden.
template <typename Hidden, typename Value>
void EachNewest(const Window* windows, size_t steps, double* values, PresenceRow presence,
                Hidden hidden, Value value) {
  PresenceWriter writer(presence);
  for (size_t i = 0; i < steps; ++i) {
    const Window window = windows[i];
    const bool present = window.begin != window.end && !hidden(window.end - 1);
    if (present) values[i] = value(window.end - 1);
    writer.Next(present);
  }
}

}  // namespace

void NewestValueKernel(const double* samples, bool has_staleness_markers, const Window* windows,
                       size_t steps, double* values, PresenceRow presence) {
  const auto value = [&](uint32_t k) { return samples[k]; };
  if (has_staleness_markers) {
    const auto is_marker = [&](uint32_t k) { return IsStalenessMarker(samples[k]); };
    EachNewest(windows, steps, values, presence, is_marker, value);
  } else {
    EachNewest(windows, steps, values, presence, [](uint32_t) { return false; }, value);
  }
}

void NewestTimeKernel(const int64_t* times, const double* samples, const Window* windows,
                      size_t steps, double* values, PresenceRow presence) {
  EachNewest(
      windows, steps, values, presence, [&](uint32_t k) { return IsStalenessMarker(samples[k]); },
      [&](uint32_t k) { return static_cast<double>(times[k]) / 1000; });
}

void SmoothedInstantKernel(const int64_t* times, const double* samples, const Window* windows,
                           size_t steps, int64_t first_reference_ms, int64_t reference_step_ms,
                           double* values, PresenceRow presence) {
  PresenceWriter writer(presence);
  for (size_t i = 0; i < steps; ++i) {
    const Window window = windows[i];
    const auto at = static_cast<int64_t>(static_cast<uint64_t>(first_reference_ms) +
                                         i * static_cast<uint64_t>(reference_step_ms));
    const auto later = static_cast<uint32_t>(
        std::upper_bound(times + window.begin, times + window.end, at) - times);
    // The neighbours. Staleness markers are skipped, as in range selectors.
    uint32_t before = later, after = later;
    while (before > window.begin && IsStalenessMarker(samples[before - 1])) --before;
    while (after < window.end && IsStalenessMarker(samples[after])) ++after;
    const bool present = before != window.begin;
    writer.Next(present);
    if (!present) continue;
    --before;
    if (after == window.end || times[before] == at) {
      values[i] = samples[before];
    } else {
      values[i] = samples[before] + (samples[after] - samples[before]) *
                                        MillisecondsBetween(times[before], at) /
                                        MillisecondsBetween(times[before], times[after]);
    }
  }
}

}  // namespace promlite::internal
