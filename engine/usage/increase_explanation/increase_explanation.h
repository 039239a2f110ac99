#ifndef PROMLITE_ENGINE_USAGE_INCREASE_EXPLANATION_INCREASE_EXPLANATION_H_
#define PROMLITE_ENGINE_USAGE_INCREASE_EXPLANATION_INCREASE_EXPLANATION_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "promlite/engine/run/engine_options.h"
#include "promlite/parser/text/export.h"
#include "promlite/storage/database.h"
#include "promlite/storage/labels/labels.h"
#include "promlite/storage/metrics/sample.h"

// How rate, increase and delta come to their answers: the steps of Prometheus' extrapolation,
// series by series, and what other formulas answer for the same samples.
namespace promlite {

// Why the samples are stretched towards an edge of the range as far as they are.
enum class EdgeRule {
  kToTheEdge,       // it is nearer than 1.1 average intervals: all the way
  kHalfAnInterval,  // it is not: half an average interval
  kCounterZero,     // nearer than the two above, the counter would have been zero: as far as that
  kStartTimestamp,  // use_start_timestamps: the first sample's counter began within the range
};

// One edge of the range, and the samples next to it. Seconds.
struct IncreaseEdge {
  double distance = 0;  // from the edge to the nearest sample
  double stretch = 0;   // by how much the samples' span is lengthened
  EdgeRule rule = EdgeRule::kToTheEdge;
  // The time in which the counter came from zero to its first value at the range's average pace.
  // Only at the start, and where it is defined.
  std::optional<double> to_zero;
};

// The formula: result = increase * (sampled + start.stretch + end.stretch) / sampled, for rate
// divided by the range.
struct ExtrapolationSteps {
  double sampled = 0;           // seconds from first to last sample
  double average_interval = 0;  // seconds
  IncreaseEdge start, end;
  double raw_difference = 0;  // last value - first value
  // The samples that Prometheus takes for the first after a reset (indices into the samples); each
  // adds the value before it. None for delta.
  std::vector<size_t> resets;
  double added_by_resets = 0;
  double added_from_start = 0;  // use_start_timestamps: the first sample's value
  double increase = 0;          // the three above, in Prometheus' order of additions
  double factor = 0;            // rate: not yet divided by the range
  double result = 0;            // to the bit what the engine answers
};

// What one writer of a series (labels + start timestamp) sent within the range.
struct ExplainedStream {
  int64_t start_ns = 0;           // as sent; 0 = unknown
  bool holds_increments = false;  // of delta temporality: each sample counts by itself
  bool start_is_known = false;    // not 0, and before the stream's first sample
  Sample first, last;             // within the range
  size_t samples = 0;             // within the range
  double counted = 0;             // its share of `increase(x[d] exact)`
};

struct ExplainedSeries {
  Labels labels;
  // Within the range, in time order, without staleness markers. At least one, unless there are
  // native histograms.
  std::vector<Sample> samples;
  // With them there are no steps: they are not explained.
  size_t native_histograms = 0;

  // Nothing where Prometheus has no result: fewer than two samples.
  std::optional<ExtrapolationSteps> steps;

  // What the other formulas answer where they have an answer, for rate divided by the range as
  // well. `exact` does not go with delta.
  std::optional<double> max_minus_min, anchored, smoothed, exact;

  // Of counters (rate, increase), in the order of their starts.
  std::vector<ExplainedStream> streams;
  size_t writers_at_a_time = 0;  // the most streams whose samples in the range span one moment
};

struct IncreaseExplanation {
  std::string call;      // in canonical form, "increase(x[5m])"
  std::string function;  // "rate", "increase" or "delta"
  Compatibility compatibility = Compatibility::kPrometheus3;
  int64_t time_ms = 0;
  // Of the range; its start is not part of it but under kPrometheus2.
  int64_t range_start_ms = 0, range_end_ms = 0;
  std::vector<ExplainedSeries> series;  // in label order
  size_t series_left_out = 0;
};

struct IncreaseExplanationOptions {
  size_t max_series = 10;  // 0 = all
  const std::atomic<bool>* cancelled = nullptr;
};

// Explains the call of rate, increase or delta that a query stands on, `increase(x[5m])` in
// `sum by (job) (increase(x[5m]))`, at one time, as an engine of these options answers it. All is
// read at one moment of the database. Series without a sample in the range are not listed.
//
// Errors: those of Engine::Instant; InvalidArgument, with ErrorPosition() where there is a place,
// for a query without such a call, with several different ones, with one inside a subquery or
// applied to one, or with a range modifier.
PROMLITE_EXPORT absl::StatusOr<IncreaseExplanation> ExplainIncrease(
    const Database& database, const EngineOptions& options, std::string_view query, absl::Time time,
    const IncreaseExplanationOptions& which = {});

// {"status":"success","data":{
//   "call":"increase(x[5m])","function":"increase","compatibility":"prometheus-3",
//   "time":T,"rangeStart":T,"rangeEnd":T,"seriesLeftOut":N,
//   "series":[{"metric":{"__name__":"x",...},
//     "samples":{"count":N,"first":[T,"1"],"last":[T,"3"]},       absent without samples
//     "nativeHistograms":N,                                       absent without
//     "steps":{                                                   null without a result
//       "sampled":S,"averageInterval":S,
//       "start":{"distance":S,"stretch":S,"rule":R,"toZero":S},   toZero absent where undefined
//       "end":{"distance":S,"stretch":S,"rule":R},
//       "rawDifference":"2","resets":[T,...],"addedByResets":"0","addedFromStart":"0",
//       "increase":"2","factor":F,"result":"2.1"},
//     "formulas":{"increase":"2.1","maxMinusMin":"2","anchored":"2","smoothed":"2","exact":"3"},
//     "writersAtATime":N,
//     "streams":[{"start":"1780315200.123456789","startIsKnown":true,"samples":N,
//                 "first":[T,"1"],"last":[T,"3"],"counted":"3"},...]},...]}}
// T is Unix seconds, S seconds, F a number, the latter two null where they are not finite; values
// are strings, as in Prometheus' API; a formula without an answer is null, and the first is named
// after the function. R is "to-the-edge", "half-an-interval", "counter-zero" or "start-timestamp".
// A start is Unix seconds with nine digits behind the point, "0" where unknown.
PROMLITE_EXPORT std::string ToJson(const IncreaseExplanation& explanation);

// R, above.
PROMLITE_EXPORT std::string_view EdgeRuleName(EdgeRule rule);

}  // namespace promlite

#endif  // PROMLITE_ENGINE_USAGE_INCREASE_EXPLANATION_INCREASE_EXPLANATION_H_
