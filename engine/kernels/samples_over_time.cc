#include "promlite/engine/kernels/samples_over_time.h"

#include "promlite/engine/kernels/each_window.h"

namespace promlite::internal {

KernelFindings CountOverTime(const RangeInput& input, double* values, uint64_t* presence) {
  EachWindow(input, 1, values, presence,
             [](size_t, Window window) { return static_cast<double>(window.size()); });
  return {};
}

KernelFindings PresentOverTime(const RangeInput& input, double* values, uint64_t* presence) {
  EachWindow(input, 1, values, presence, [](size_t, Window) { return 1.0; });
  return {};
}

KernelFindings FirstOverTime(const RangeInput& input, double* values, uint64_t* presence) {
  EachWindow(input, 1, values, presence,
             [&](size_t, Window window) { return input.values[window.begin]; });
  return {};
}

KernelFindings LastOverTime(const RangeInput& input, double* values, uint64_t* presence) {
  EachWindow(input, 1, values, presence,
             [&](size_t, Window window) { return input.values[window.end - 1]; });
  return {};
}

KernelFindings TimeOfFirstOverTime(const RangeInput& input, double* values, uint64_t* presence) {
  EachWindow(input, 1, values, presence, [&](size_t, Window window) {
    return static_cast<double>(input.times[window.begin]) / 1000;
  });
  return {};
}

KernelFindings TimeOfLastOverTime(const RangeInput& input, double* values, uint64_t* presence) {
  EachWindow(input, 1, values, presence, [&](size_t, Window window) {
    return static_cast<double>(input.times[window.end - 1]) / 1000;
  });
  return {};
}

}  // namespace promlite::internal
