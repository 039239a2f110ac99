#include "promlite/engine/kernels/instant_kernel.h"

#include <algorithm>

#include "promlite/engine/kernels/each_window.h"
#include "promlite/storage/staleness.h"

namespace promlite::internal {

void NewestValueKernel(const double* samples, bool has_staleness_markers, const Window* windows,
                       size_t steps, double* values, PresenceRow presence) {
  for (size_t i = 0; i < steps; ++i) {
    const Window window = windows[i];
    if (window.begin == window.end) continue;
    const double newest = samples[window.end - 1];
    if (has_staleness_markers && IsStalenessMarker(newest)) continue;
    values[i] = newest;
    presence.Set(i);
  }
}

void NewestTimeKernel(const int64_t* times, const double* samples, const Window* windows,
                      size_t steps, double* values, PresenceRow presence) {
  for (size_t i = 0; i < steps; ++i) {
    const Window window = windows[i];
    if (window.begin == window.end || IsStalenessMarker(samples[window.end - 1])) continue;
    values[i] = static_cast<double>(times[window.end - 1]) / 1000;
    presence.Set(i);
  }
}

void SmoothedInstantKernel(const int64_t* times, const double* samples, const Window* windows,
                           size_t steps, int64_t first_reference_ms, int64_t reference_step_ms,
                           double* values, PresenceRow presence) {
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
    if (before == window.begin) continue;
    --before;
    if (after == window.end || times[before] == at) {
      values[i] = samples[before];
    } else {
      values[i] = samples[before] + (samples[after] - samples[before]) *
                                        MillisecondsBetween(times[before], at) /
                                        MillisecondsBetween(times[before], times[after]);
    }
    presence.Set(i);
  }
}

}  // namespace promlite::internal
