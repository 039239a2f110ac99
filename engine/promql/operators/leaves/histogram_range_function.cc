#include "promlite/engine/promql/operators/leaves/histogram_range_function.h"

namespace promlite::promql::internal {
namespace {

struct NamedFunction {
  std::string_view name;
  HistogramRangeFunction function;
};

constexpr NamedFunction kFunctions[] = {
    {"avg_over_time", HistogramAvgOverTime},
    {"changes", MixedChanges},
    {"count_over_time", MixedCountOverTime},
    {"delta", HistogramDelta},
    {"first_over_time", MixedFirstOverTime},
    {"idelta", HistogramIdelta},
    {"increase", HistogramIncrease},
    {"irate", HistogramIrate},
    {"last_over_time", MixedLastOverTime},
    // The rows of absent_over_time are those of present_over_time.
    {"absent_over_time", MixedPresentOverTime},
    {"present_over_time", MixedPresentOverTime},
    {"rate", HistogramRate},
    {"resets", MixedResets},
    {"sum_over_time", HistogramSumOverTime},
    {"ts_of_first_over_time", MixedTimeOfFirst},
    {"ts_of_last_over_time", MixedTimeOfLast},
};

}  // namespace

HistogramRangeFunction FindHistogramRangeFunction(std::string_view function) {
  for (const NamedFunction& named : kFunctions) {
    if (named.name == function) return named.function;
  }
  return IgnoreHistograms;
}

}  // namespace promlite::promql::internal
