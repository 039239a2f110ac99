#ifndef PROMLITE_ENGINE_USAGE_DOCTOR_VERDICT_H_
#define PROMLITE_ENGINE_USAGE_DOCTOR_VERDICT_H_

#include <cstddef>
#include <optional>
#include <set>
#include <string_view>

#include "promlite/engine/usage/doctor/finding.h"
#include "promlite/parser/text/export.h"

namespace promlite {

enum class VerdictKind {
  kRight,       // what was counted is known: `value`
  kAtLeast,     // `value` and up to `high`
  kAtMost,      // `value`, or anything down to `low`
  kCannotTell,  // the data can be read in ways that differ: anything from `low` to `high`
};

// "right", "at_least", "at_most", "cannot_be_told".
PROMLITE_EXPORT std::string_view VerdictKindName(VerdictKind kind);

// What the data leaves open.
enum class Doubt {
  // Streams without a start: `low` counts since their first samples, `high` from zero.
  kStartUnknown,
  // Starts equal to the first sample, which OTLP calls unknown: the same.
  kStartAtFirstSample,
  // Started before the range: `low` counts what is seen in the range, `high` all since the start.
  kStartedBeforeRange,
  // Went down under one start: `low` if it is the same counter, `high` if it began anew.
  kGoesDown,
  // Values return to where other rising sequences stood: several writers without starts of their
  // own, or one that began anew, again and again.
  kTakesTurns,
  // Starts in whole seconds, the next one before the last sample of the one before: `low` if one
  // counter goes on, `high` if another began.
  kRoundedStart,
  // A stream without a start whose samples fit between those of streams that have one: `low` if it
  // is one counter that came by a second route with times of its own, `high` if it is another.
  kSecondRoute,
};

// "start_unknown", ...
PROMLITE_EXPORT std::string_view DoubtName(Doubt doubt);

// What was counted if the streams that seem to be of several writers are taken apart into the
// fewest sequences that never go down. An estimate: writers that look like one are one.
struct TurnsEstimate {
  size_t sequences = 0;  // the most in one stream
  double since_first_samples = 0;
  double from_zero = 0;  // if the counters began at zero in the range
  size_t drops = 0;      // how often values go down
  size_t returns = 0;    // how often of these to where another sequence stood
};

// What can be said of how much was counted over the range, in the metric's unit. Of data that
// cannot show it, it is taken for granted that nothing was counted between a writer's last sample
// and its end, and that one who says nothing else wrote alone.
struct Verdict {
  VerdictKind kind = VerdictKind::kRight;
  double value = 0;  // within the bounds
  double low = 0;
  double high = 0;
  std::optional<Formula> formula;  // one that answers `value`; nothing: none does
  bool is_decided_by_witness = false;
  std::set<Doubt> doubts;  // why low and high differ
  std::optional<TurnsEstimate> estimate;
};

// By how much an answer is outside of what may be right, the numbers from `low` to `high`; 0
// inside, and within rounding of an end: sums of the same numbers in another order do not differ.
// NaN for NaN, unless an end is.
PROMLITE_EXPORT double ErrorOfAnswer(double answer, double low, double high);
// Whether two numbers differ by no more than rounding; NaN is NaN.
PROMLITE_EXPORT bool AreSameNumbers(double a, double b);

}  // namespace promlite

#endif  // PROMLITE_ENGINE_USAGE_DOCTOR_VERDICT_H_
