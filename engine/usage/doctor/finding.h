#ifndef PROMLITE_ENGINE_USAGE_DOCTOR_FINDING_H_
#define PROMLITE_ENGINE_USAGE_DOCTOR_FINDING_H_

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "promlite/parser/text/export.h"
#include "promlite/storage/labels/labels.h"

namespace promlite {

// The formulas by which people count with counters.
enum class Formula {
  kExact,     // sum(increase(x[d] exact))
  kAnchored,  // sum(increase(x[d] anchored))
  // The same with start timestamps in use, whatever the engine's options say: what Prometheus can
  // say since 3.16, if it stores them.
  kAnchoredWithStarts,
  kSmoothed,     // sum(increase(x[d] smoothed))
  kIncrease,     // sum(increase(x[d]))
  kMax,          // sum(max_over_time(x[d]))
  kMaxMinusMin,  // sum(max_over_time(x[d]) - min_over_time(x[d]))
};
inline constexpr size_t kFormulaCount = 7;
inline constexpr std::array<Formula, kFormulaCount> kAllFormulas = {
    Formula::kExact,    Formula::kAnchored, Formula::kAnchoredWithStarts, Formula::kSmoothed,
    Formula::kIncrease, Formula::kMax,      Formula::kMaxMinusMin};

// "exact", "anchored", "anchored with starts", "smoothed", "increase", "max", "max - min".
PROMLITE_EXPORT std::string_view FormulaName(Formula formula);

enum class FindingKind {
  // Several writers at once in one series: their values interleave, and every drop from one to the
  // other reads as a reset. count: the most writers at one time; since: of the first moment that
  // two share; size: what these drops add.
  kSeveralWriters,
  // Values of one stream that return to where other rising sequences stood: writers that take turns
  // without starts of their own, or counters that began anew again and again. count: the most
  // sequences in a stream; size: what they are in all, from zero.
  kTakesTurns,
  // Counters that began anew. count: how often; size: what had been counted before.
  kReset,
  // A counter that appears with its first event. count: series; since: of the earliest; size: the
  // first values.
  kFirstSampleNotZero,
  // Streams of a single sample, as of a process that exports once, when it ends. count: streams;
  // size: their values.
  kSingleSample,
  // A stream goes down although its start says that it is the same counter. count: how often;
  // size: by how much.
  kNotMonotonic,
  // Exports further apart than the lookback delta: the counter is gone in between. count: gaps;
  // duration: the longest; size: what was counted across them.
  kGapBeyondLookback,
  // Exports more than twice as far apart as usual, but within the lookback delta. As above.
  kUnevenExports,
  // Streams without a start. count: streams; size: their first values, which may have been counted
  // before the range or in it.
  kStartUnknown,
  // Streams whose start is their first sample's time (or later), which OTLP calls unknown. As
  // above.
  kStartAtFirstSample,
  // A start that moves with every export, although one counter goes on. count: starts; size: what
  // adding the streams up counts twice.
  kMovingStart,
  // Starts in whole seconds, of which the next lies before the last sample of the one before: one
  // counter may go on behind a Collector that began anew. count: starts; size: what would count
  // twice.
  kRoundedStart,
  // Started before the range, in which the first sample lies. count: streams; duration: the longest
  // time between; size: the first values, counted at an unknown time since the start.
  kOlderThanRecording,
  // A stream without a start that holds the samples of one with a start: one counter by two routes,
  // which counts once. count: streams.
  kSecondRoute,
  // Samples that tell what was counted since the last one, stored as they are. count: samples;
  // size: what they tell.
  kDelta,
  // Data points of delta temporality that came after later ones, so that PromQL does not see them.
  // count: points.
  kDeltaDropped,
  // Data points of delta temporality that came twice, and count once. count: points.
  kDeltaRepeated,
  // Requests that were refused as their temporality is delta. count: requests; detail: the metric.
  // Without a detail: data points of all metrics.
  kDeltaRefused,
  // One session under several values of a label that tells who or where it is. count: sessions;
  // detail: the label; size: what is not under the largest of them.
  kSessionUnderSeveralLabels,
};

// "several_writers", ...: the names of kinds in JSON.
PROMLITE_EXPORT std::string_view FindingKindName(FindingKind kind);

// A formula that a finding falsifies.
struct WrongFormula {
  Formula formula = Formula::kIncrease;
  // What it answers minus what was counted, over the range, in the series of the finding. Nothing:
  // it goes wrong in other ranges or groupings, or nobody can tell by how much.
  std::optional<double> error;
};

// Something in the data that makes formulas wrong, all cases of one metric together. What `count`,
// `since`, `duration`, `size` and `detail` are of is said at the kind; those that it does not name
// are zero, nothing or empty.
struct Finding {
  FindingKind kind = FindingKind::kReset;
  size_t series = 0;  // how many it concerns
  Labels example;     // the one with the largest size
  size_t count = 0;
  std::optional<absl::Time> since;
  std::optional<absl::Duration> duration;
  double size = 0;  // in the metric's own unit
  std::string detail;
  std::vector<WrongFormula> wrong;
  std::string instead;  // the query to use
};

}  // namespace promlite

#endif  // PROMLITE_ENGINE_USAGE_DOCTOR_FINDING_H_
