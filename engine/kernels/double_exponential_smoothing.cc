#include "promlite/engine/kernels/double_exponential_smoothing.h"

#include "promlite/engine/kernels/each_window.h"

namespace promlite::internal {

KernelFindings DoubleExponentialSmoothing(const RangeInput& input, double* values,
                                          uint64_t* presence) {
  const double* const v = input.values;
  EachWindow(input, 2, values, presence, [&](size_t i, Window window) {
    const double level_factor = input.parameters[0][i], trend_factor = input.parameters[1][i];
    double before = 0, level = v[window.begin];
    double trend = v[window.begin + 1] - v[window.begin];
    for (uint32_t k = window.begin + 1; k < window.end; ++k) {
      const double scaled = level_factor * v[k];
      // The first trend is the one between the first two samples.
      if (k > window.begin + 1) {
        trend = trend_factor * (level - before) + (1 - trend_factor) * trend;
      }
      const double continued = (1 - level_factor) * (level + trend);
      before = level;
      level = scaled + continued;
    }
    return level;
  });
  return {};
}

}  // namespace promlite::internal
