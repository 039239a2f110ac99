#include "promlite/engine/kernels/instant_kernel.h"

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
    const int64_t at = first_reference_ms + static_cast<int64_t>(i) * reference_step_ms;
    // The neighbours: the last sample at or before the time, the first one after it. Staleness
    // markers are skipped, as in range selectors.
    uint32_t before = windows[i].end, after = windows[i].end;
    for (uint32_t k = windows[i].begin; k < windows[i].end; ++k) {
      if (IsStalenessMarker(samples[k])) continue;
      if (times[k] > at) {
        after = k;
        break;
      }
      before = k;
    }
    if (before == windows[i].end) continue;
    if (after == windows[i].end || times[before] == at) {
      values[i] = samples[before];
    } else {
      values[i] = samples[before] + (samples[after] - samples[before]) *
                                        static_cast<double>(at - times[before]) /
                                        static_cast<double>(times[after] - times[before]);
    }
    presence.Set(i);
  }
}

}  // namespace promlite::internal
