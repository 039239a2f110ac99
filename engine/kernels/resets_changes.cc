#include "promlite/engine/kernels/resets_changes.h"

#include <algorithm>
#include <vector>

#include "promlite/engine/kernels/counter_resets.h"
#include "promlite/engine/kernels/each_window.h"

namespace promlite::internal {
namespace {

void FindChanges(const RangeInput& input, std::vector<uint32_t>* changes) {
  const auto [begin, end] = SamplesInWindows(input);
  const double* const v = input.values;
  changes->resize(end - begin);
  size_t found = 0;
  for (size_t i = begin + 1; i < end; ++i) {
    (*changes)[found] = static_cast<uint32_t>(i);
    found += (v[i] != v[i - 1]) & !((v[i] != v[i]) & (v[i - 1] != v[i - 1]));  // NaN after NaN
  }
  changes->resize(found);
}

KernelFindings CountInWindows(const RangeInput& input, const std::vector<uint32_t>& indices,
                              double* values, uint64_t* presence) {
  IndexRun run(indices);
  EachWindow(input, 1, values, presence, [&](size_t, Window window) {
    return static_cast<double>(run.CountWithin(window.begin, window.end));
  });
  return {};
}

KernelFindings CountFromAnchor(const RangeInput& input, const std::vector<uint32_t>& indices,
                               double* values, uint64_t* presence) {
  IndexRun run(indices);
  for (size_t i = 0; i < input.steps; ++i) {
    const Window window = input.windows[i];
    const int64_t* const begin = input.times + window.begin;
    const int64_t* const end = input.times + window.end;
    const int64_t* const inside = std::upper_bound(begin, end, input.range_start_ms(i));
    if (inside == end) continue;
    const auto first = static_cast<uint32_t>((inside == begin ? begin : inside - 1) - input.times);
    values[i] = static_cast<double>(run.CountWithin(first, window.end));
    presence[i / 64] |= uint64_t{1} << (i % 64);
  }
  return {};
}

}  // namespace

KernelFindings Resets(const RangeInput& input, double* values, uint64_t* presence) {
  FindResets(input, &input.scratch->indices);
  return CountInWindows(input, input.scratch->indices, values, presence);
}

KernelFindings Changes(const RangeInput& input, double* values, uint64_t* presence) {
  FindChanges(input, &input.scratch->indices);
  return CountInWindows(input, input.scratch->indices, values, presence);
}

KernelFindings AnchoredResets(const RangeInput& input, double* values, uint64_t* presence) {
  FindResets(input, &input.scratch->indices);
  return CountFromAnchor(input, input.scratch->indices, values, presence);
}

KernelFindings AnchoredChanges(const RangeInput& input, double* values, uint64_t* presence) {
  FindChanges(input, &input.scratch->indices);
  return CountFromAnchor(input, input.scratch->indices, values, presence);
}

}  // namespace promlite::internal
