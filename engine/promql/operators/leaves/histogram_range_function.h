#ifndef PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_HISTOGRAM_RANGE_FUNCTION_H_
#define PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_HISTOGRAM_RANGE_FUNCTION_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <variant>

#include "promlite/engine/histograms/findings.h"
#include "promlite/engine/kernels/extrapolation.h"
#include "promlite/parser/promql/ast.h"
#include "promlite/parser/promql/namespaces.h"
#include "promlite/storage/metrics/histograms/histogram.h"
#include "promlite/storage/metrics/snapshot.h"

namespace promlite::promql::internal {

// What a range function looks at, at one step whose range holds a histogram. Ranges of numbers
// alone never come here: kernels/ calculates those.
struct MixedRange {
  // Numbers, ascending in time; start times are null unless in use.
  std::span<const int64_t> times;
  std::span<const double> values;
  const int64_t* start_times = nullptr;
  // At least one, none a staleness marker, at other times than the numbers. Unknown start times are
  // 0.
  std::span<const HistogramSample> histograms;
  // The range (start, end]. Under `anchored` and `smoothed` the samples reach beyond it.
  int64_t start_ms = 0;
  int64_t end_ms = 0;
  int64_t range_ms = 0;
  RangeModifier modifier = RangeModifier::kNone;

  int64_t StartTime(size_t number) const { return start_times ? start_times[number] : 0; }
};

// The outcome of a step.
struct NoSample {};
struct AsOfNumbers {};  // what the kernel made of the range's numbers, if anything
using RangeOutcome = std::variant<NoSample, AsOfNumbers, double, std::shared_ptr<const Histogram>>;

// What came up in a series.
struct RangeFindings {
  HistogramFindings findings;
  // Steps whose range holds a histogram with a start time that overlaps with the one before.
  size_t start_time_overlaps = 0;
};

using HistogramRangeFunction = RangeOutcome (*)(const MixedRange& range, RangeFindings* findings);

struct NamedHistogramRangeFunction {
  std::string_view name;
  HistogramRangeFunction function;
};

// Of all functions of range vectors that take histograms, by name.
std::span<const NamedHistogramRangeFunction> AllHistogramRangeFunctions();

// What a function of range vectors does at a step whose range holds histograms: IgnoreHistograms
// where its row says so. Null if it takes them and no one has said how.
HistogramRangeFunction FindHistogramRangeFunction(const Function& function);

// ---- the functions (histogram_rate.cc, histogram_extended_rate.cc, histogram_over_time.cc) ----

// rate, increase and delta: of histograms alone, extrapolated as numbers are, by their counts.
RangeOutcome HistogramRate(const MixedRange& range, RangeFindings* findings);
RangeOutcome HistogramIncrease(const MixedRange& range, RangeFindings* findings);
RangeOutcome HistogramDelta(const MixedRange& range, RangeFindings* findings);
RangeOutcome HistogramIrate(const MixedRange& range, RangeFindings* findings);
RangeOutcome HistogramIdelta(const MixedRange& range, RangeFindings* findings);

// rate, increase and delta under `anchored` and `smoothed`, as `kind` tells.
RangeOutcome ExtendedHistogramRate(const MixedRange& range, RateKind kind, RangeFindings* findings);

RangeOutcome HistogramSumOverTime(const MixedRange& range, RangeFindings* findings);
RangeOutcome HistogramAvgOverTime(const MixedRange& range, RangeFindings* findings);
RangeOutcome MixedCountOverTime(const MixedRange& range, RangeFindings* findings);
RangeOutcome MixedFirstOverTime(const MixedRange& range, RangeFindings* findings);
RangeOutcome MixedLastOverTime(const MixedRange& range, RangeFindings* findings);
RangeOutcome MixedTimeOfFirst(const MixedRange& range, RangeFindings* findings);
RangeOutcome MixedTimeOfLast(const MixedRange& range, RangeFindings* findings);
RangeOutcome MixedPresentOverTime(const MixedRange& range, RangeFindings* findings);
RangeOutcome MixedResets(const MixedRange& range, RangeFindings* findings);
RangeOutcome MixedChanges(const MixedRange& range, RangeFindings* findings);
// Functions of numbers only.
RangeOutcome IgnoreHistograms(const MixedRange& range, RangeFindings* findings);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_HISTOGRAM_RANGE_FUNCTION_H_
