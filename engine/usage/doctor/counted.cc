#include "promlite/engine/usage/doctor/counted.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "promlite/engine/usage/doctor/decreases.h"
#include "promlite/engine/usage/doctor/series_evidence.h"

namespace promlite::internal {
namespace {

// Of several formulas that answer the same, those first that count by writer, or at least do not
// extrapolate.
constexpr Formula kPreferred[] = {
    Formula::kExact,   Formula::kAnchored, Formula::kAnchoredWithStarts,
    Formula::kMax,     Formula::kSmoothed, Formula::kMaxMinusMin,
    Formula::kIncrease};

// What the first value leaves open: how much of it was counted in the range. `exact` has all of it
// where the start is known, else nothing.
void LookAtFirstValue(const StreamEvidence& stream, const EvidenceRange& range, Counted* counted) {
  const double first = stream.samples.front().value;
  if (stream.before || first == 0 || stream.holds_increments) return;
  const std::optional<int64_t> start_ms = stream.KnownStart();
  if (!start_ms) {
    counted->high += first;
    counted->doubts.insert(stream.start_ns == 0 ? Doubt::kStartUnknown
                                                : Doubt::kStartAtFirstSample);
  } else if (*start_ms < range.after_ms && !stream.appears_in_range) {
    counted->low -= first;
    counted->doubts.insert(Doubt::kStartedBeforeRange);
  }
}

// `exact` of one stream: since the first value, drops taken for resets, and that value from zero.
double SinceFirst(const std::vector<double>& values) {
  double counted = values.back() - values.front();
  for (size_t i = 1; i < values.size(); ++i) {
    if (values[i] < values[i - 1]) counted += values[i - 1];
  }
  return counted;
}

// Several writers under one start, or under none: what `exact` says, or else what so many rising
// sequences can be.
void TakeApart(const std::vector<double>& values, const RisingSequences& cover, double exact,
               Counted* counted) {
  const double since_first = std::max(cover.last - cover.first, 0.0);
  const double most = std::max(SinceFirst(values) + values.front(),
                               static_cast<double>(cover.sequences) * cover.largest);
  counted->low += std::min(since_first, exact) - exact;
  counted->high += std::max(most, exact) - exact;
  counted->doubts.insert(Doubt::kTakesTurns);
  if (!counted->estimate) counted->estimate.emplace();
  TurnsEstimate& estimate = *counted->estimate;
  estimate.sequences = std::max(estimate.sequences, cover.sequences);
  // The rest of the series is added where it is known.
  estimate.since_first_samples += since_first - exact;
  estimate.from_zero += cover.last - exact;
  estimate.drops += cover.drops;
  estimate.returns += cover.returns;
}

void LookAtStream(const StreamEvidence& stream, const EvidenceRange& range, Counted* counted) {
  const std::vector<double> values = stream.Values();
  const bool counts_first = !stream.before && stream.KnownStart();
  const double exact = SinceFirst(values) + (counts_first ? values.front() : 0);
  if (stream.turns) return TakeApart(values, *stream.turns, exact, counted);
  LookAtFirstValue(stream, range, counted);
  const bool may_go_down = stream.holds_increments || !stream.KnownStart();
  if (may_go_down || DecreasesIn(stream).count == 0) return;
  const double same_counter = std::max(values.back() - (counts_first ? 0 : values.front()), 0.0);
  counted->low += std::min(same_counter, exact) - exact;
  counted->doubts.insert(Doubt::kGoesDown);
}

// One counter goes on under a start that was rounded: its values until then are counted again.
void LookAtRoundedStarts(const SeriesEvidence& evidence, Counted* counted) {
  for (size_t i = 1; i < evidence.streams.size(); ++i) {
    if (!ContinuesUnderRoundedStart(evidence.streams[i - 1], evidence.streams[i])) continue;
    counted->low -= evidence.streams[i - 1].samples.back().value;
    if (i == 1 && !evidence.streams[0].before) {
      counted->low -= evidence.streams[0].samples.front().value;
    }
    counted->doubts.insert(Doubt::kRoundedStart);
  }
}

// Whether the sample may be one of the stream's: it lies behind the start, and does not make the
// stream go down.
bool Fits(const Sample& sample, const StreamEvidence& stream) {
  const auto next = std::upper_bound(
      stream.samples.begin(), stream.samples.end(), sample,
      [](const Sample& a, const Sample& b) { return a.timestamp_ms < b.timestamp_ms; });
  if (next != stream.samples.end() && sample.value > next->value) return false;
  if (next != stream.samples.begin()) return sample.value >= (next - 1)->value;
  if (stream.before) return sample.value >= stream.before->value;
  return *stream.KnownStart() <= sample.timestamp_ms;
}

bool OverlapInTime(const StreamEvidence& a, const StreamEvidence& b) {
  return a.samples.front().timestamp_ms < b.samples.back().timestamp_ms &&
         b.samples.front().timestamp_ms < a.samples.back().timestamp_ms;
}

// Whether the stream, which has no start, may be counters of the series that have one, come by
// another route with times of their own.
bool MayBeSecondRoute(const StreamEvidence& stream, const SeriesEvidence& evidence) {
  if (stream.KnownStart() || stream.holds_increments) return false;
  const auto is_original = [](const StreamEvidence& other) {
    return other.KnownStart() && !other.holds_increments;
  };
  const bool overlaps = std::any_of(evidence.streams.begin(), evidence.streams.end(),
                                    [&](const StreamEvidence& other) {
                                      return is_original(other) && OverlapInTime(stream, other);
                                    });
  return overlaps &&
         std::all_of(stream.samples.begin(), stream.samples.end(), [&](const Sample& sample) {
           return std::any_of(evidence.streams.begin(), evidence.streams.end(),
                              [&](const StreamEvidence& other) {
                                return is_original(other) && Fits(sample, other);
                              });
         });
}

// What `low` has of a stream without a start.
double LeastOf(const StreamEvidence& stream) {
  const double since_first = SinceFirst(stream.Values());
  if (!stream.turns) return since_first;
  return std::min(std::max(stream.turns->last - stream.turns->first, 0.0), since_first);
}

void LookAtSecondRoutes(const SeriesEvidence& evidence, Counted* counted) {
  for (const StreamEvidence& stream : evidence.streams) {
    if (!MayBeSecondRoute(stream, evidence)) continue;
    counted->low -= LeastOf(stream);
    counted->doubts.insert(Doubt::kSecondRoute);
  }
}

bool CannotTell(const Counted& counted) {
  return counted.doubts.contains(Doubt::kSecondRoute) ||
         counted.doubts.contains(Doubt::kGoesDown) || counted.doubts.contains(Doubt::kTakesTurns) ||
         counted.doubts.contains(Doubt::kRoundedStart);
}

std::optional<Formula> FormulaOf(double value, const std::vector<FormulaAnswer>& answers) {
  for (const Formula formula : kPreferred) {
    const FormulaAnswer& answer = answers[static_cast<size_t>(formula)];
    if (AreSameNumbers(answer.value.value_or(0), value)) return formula;
  }
  return std::nullopt;
}

}  // namespace

void Counted::Add(const Counted& other) {
  if (estimate || other.estimate) {
    TurnsEstimate sum = estimate.value_or(TurnsEstimate{0, low, high, 0, 0});
    const TurnsEstimate added =
        other.estimate.value_or(TurnsEstimate{0, other.low, other.high, 0, 0});
    sum.sequences = std::max(sum.sequences, added.sequences);
    sum.since_first_samples += added.since_first_samples;
    sum.from_zero += added.from_zero;
    sum.drops += added.drops;
    sum.returns += added.returns;
    estimate = sum;
  }
  low += other.low;
  high += other.high;
  doubts.insert(other.doubts.begin(), other.doubts.end());
}

double Counted::ErrorOf(double answer) const {
  return std::isnan(answer) ? 0 : ErrorOfAnswer(answer, low, high);
}

Counted CountStreams(const SeriesEvidence& evidence, double exact) {
  Counted counted;
  if (!std::isfinite(exact) || evidence.pattern == StreamPattern::kDelta) {
    counted.low = counted.high = exact;
    return counted;
  }
  if (evidence.pattern == StreamPattern::kMovingStart) {
    const StreamEvidence& first = evidence.streams.front();
    counted.low = evidence.merged.back().value;
    if (!first.KnownStart()) counted.low -= first.samples.front().value;
    counted.high = counted.low;
    LookAtFirstValue(first, evidence.range, &counted);
    return counted;
  }
  for (const StreamEvidence& stream : evidence.streams) {
    LookAtStream(stream, evidence.range, &counted);
  }
  LookAtRoundedStarts(evidence, &counted);
  LookAtSecondRoutes(evidence, &counted);
  counted.low = std::max(exact + counted.low, 0.0);
  counted.high += exact;
  if (counted.estimate) {
    counted.estimate->since_first_samples += exact;
    counted.estimate->from_zero += exact;
  }
  return counted;
}

Verdict VerdictOn(const Counted& counted, const std::vector<FormulaAnswer>& answers,
                  std::optional<double> witness) {
  Verdict verdict;
  verdict.low = counted.low;
  verdict.high = counted.high;
  verdict.doubts = counted.doubts;
  verdict.estimate = counted.estimate;
  const bool is_known = AreSameNumbers(counted.low, counted.high);
  if (!is_known && witness && counted.ErrorOf(*witness) == 0) {
    verdict.is_decided_by_witness = true;
    verdict.low = verdict.high = verdict.value = *witness;
  } else if (is_known) {
    verdict.value = counted.high;
  } else if (CannotTell(counted)) {
    verdict.kind = VerdictKind::kCannotTell;
    verdict.value = counted.estimate ? counted.estimate->since_first_samples : counted.low;
    verdict.value = std::clamp(verdict.value, verdict.low, verdict.high);
  } else {
    verdict.kind = counted.low > 0 ? VerdictKind::kAtLeast : VerdictKind::kAtMost;
    verdict.value = counted.low > 0 ? counted.low : counted.high;
  }
  if (verdict.kind != VerdictKind::kCannotTell) verdict.formula = FormulaOf(verdict.value, answers);
  return verdict;
}

}  // namespace promlite::internal
