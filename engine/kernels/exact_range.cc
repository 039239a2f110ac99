#include "promlite/engine/kernels/exact_range.h"

#include <algorithm>

#include "promlite/engine/kernels/counter_resets.h"
#include "promlite/engine/kernels/each_window.h"
#include "promlite/engine/kernels/sum_over_time.h"

namespace promlite::internal {
namespace {

// The drops from the sample before the first window on.
void FindDropsInWindows(const RangeInput& input, std::vector<uint32_t>* drops) {
  drops->clear();
  const auto [begin, end] = SamplesInWindows(input);
  FindDrops(input.values, begin == 0 ? 0 : begin - 1, end, drops);
}

// IndexRun looks behind a window's first sample; a drop may be at it.
uint32_t BeforeFirst(Window window) { return window.begin == 0 ? 0 : window.begin - 1; }

}  // namespace

void ExactIncrease(const RangeInput& input, double before_first, double* values,
                   uint64_t* presence) {
  const double* const v = input.values;
  std::vector<uint32_t>& drop_list = input.scratch->indices;
  FindDropsInWindows(input, &drop_list);
  if (drop_list.empty()) {
    EachWindow(input, 1, values, presence, [&](size_t, Window window) {
      return v[window.end - 1] - (window.begin == 0 ? before_first : v[window.begin - 1]);
    });
    return;
  }
  IndexRun drops(drop_list);
  EachWindow(input, 1, values, presence, [&](size_t, Window window) {
    double increase = v[window.end - 1] - (window.begin == 0 ? before_first : v[window.begin - 1]);
    drops.Within(BeforeFirst(window), window.end, [&](uint32_t drop) { increase += v[drop - 1]; });
    return increase;
  });
}

void ExactResets(const RangeInput& input, double, double* values, uint64_t* presence) {
  std::vector<uint32_t>& drop_list = input.scratch->indices;
  FindDropsInWindows(input, &drop_list);
  IndexRun drops(drop_list);
  EachWindow(input, 1, values, presence, [&](size_t, Window window) {
    return static_cast<double>(drops.CountWithin(BeforeFirst(window), window.end));
  });
}

void ExactIncreaseOfIncrements(const RangeInput& input, double, double* values,
                               uint64_t* presence) {
  SumOverTime(input, values, presence);
}

void ExactResetsOfIncrements(const RangeInput& input, double, double* values, uint64_t* presence) {
  EachWindow(input, 1, values, presence, [](size_t, Window) { return 0.0; });
}

}  // namespace promlite::internal
