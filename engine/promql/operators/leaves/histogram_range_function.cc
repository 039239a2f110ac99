#include "promlite/engine/promql/operators/leaves/histogram_range_function.h"

namespace promlite::promql::internal {
namespace {

constexpr NamedHistogramRangeFunction kFunctions[] = {
    {"avg_over_time", HistogramAvgOverTime},
    {"changes", MixedChanges},
    {"count_over_time", MixedCountOverTime},
    {"delta", HistogramDelta},
    {"first_over_time", MixedFirstOverTime},
    {"idelta", HistogramIdelta},
    {"increase", HistogramIncrease},
    {"irate", HistogramIrate},
    {"last_over_time", MixedLastOverTime},
    {"present_over_time", MixedPresentOverTime},
    {"rate", HistogramRate},
    {"resets", MixedResets},
    {"sum_over_time", HistogramSumOverTime},
    {"ts_of_first_over_time", MixedTimeOfFirst},
    {"ts_of_last_over_time", MixedTimeOfLast},
};

}  // namespace

std::span<const NamedHistogramRangeFunction> AllHistogramRangeFunctions() { return kFunctions; }

HistogramRangeFunction FindHistogramRangeFunction(const Function& function) {
  if (function.histograms == HistogramRule::kIgnored) return IgnoreHistograms;
  for (const NamedHistogramRangeFunction& named : kFunctions) {
    if (named.name == function.range_function()) return named.function;
  }
  return nullptr;
}

}  // namespace promlite::promql::internal
