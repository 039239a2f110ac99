#ifndef PROMLITE_ENGINE_KERNELS_INSTANT_KERNEL_H_
#define PROMLITE_ENGINE_KERNELS_INSTANT_KERNEL_H_

#include <cstddef>
#include <cstdint>

#include "promlite/engine/kernels/presence.h"
#include "promlite/engine/kernels/range_kernel.h"

namespace promlite::internal {

// Instant selection, one series and a span of steps: the window of each step holds the samples
// within the lookback delta, the newest last. A staleness marker as the newest sample hides the
// series.

// The newest sample's value.
void NewestValueKernel(const double* samples, bool has_staleness_markers, const Window* windows,
                       size_t steps, double* values, PresenceRow presence);

// The newest sample's `times` entry, in seconds; `samples` are looked at for staleness markers.
void NewestTimeKernel(const int64_t* times, const double* samples, const Window* windows,
                      size_t steps, double* values, PresenceRow presence);

// `smoothed`: windows reach as far after the step's time as before it. The sample at the time
// itself, or the line between its neighbours, or the last one carried forward; nothing if all are
// later.
void SmoothedInstantKernel(const int64_t* times, const double* samples, const Window* windows,
                           size_t steps, int64_t first_reference_ms, int64_t reference_step_ms,
                           double* values, PresenceRow presence);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_KERNELS_INSTANT_KERNEL_H_
