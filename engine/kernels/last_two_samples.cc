#include "promlite/engine/kernels/last_two_samples.h"

#include "promlite/engine/kernels/counter_resets.h"
#include "promlite/engine/kernels/each_window.h"

namespace promlite::internal {

KernelFindings Irate(const RangeInput& input, double* values, uint64_t* presence) {
  const double* const v = input.values;
  const int64_t* const starts = input.start_times;
  EachWindow(input, 2, values, presence, [&](size_t, Window window) {
    const uint32_t last = window.end - 1;
    const bool is_reset =
        v[last] < v[last - 1] ||
        (starts != nullptr && IsStartTimeReset(starts[last - 1], input.times[last - 1],
                                               starts[last], input.times[last]));
    const double increase = is_reset ? v[last] : v[last] - v[last - 1];
    return increase / SecondsBetween(input.times[last - 1], input.times[last]);
  });
  return {};
}

KernelFindings Idelta(const RangeInput& input, double* values, uint64_t* presence) {
  EachWindow(input, 2, values, presence, [&](size_t, Window window) {
    return input.values[window.end - 1] - input.values[window.end - 2];
  });
  return {};
}

}  // namespace promlite::internal
