#include <vector>

#include "promlite/engine/usage/doctor/decreases.h"
#include "promlite/engine/usage/doctor/tallying_detector.h"

// Counters that begin anew, and such that go down although they did not.
namespace promlite::internal {
namespace {

class ResetDetector final : public TallyingDetector {
 public:
  explicit ResetDetector(const Remedies& remedies)
      : TallyingDetector(FindingKind::kReset, remedies.Query(Formula::kExact)) {}

  void Look(const SeriesEvidence& series) override {
    if (series.pattern != StreamPattern::kOneAfterTheOther) return;
    size_t resets = 0;
    double size = 0;
    // The new counter is not below the old one, or at the same time as its last sample, of which
    // merging keeps one: no value tells.
    bool hidden = false;
    for (size_t i = 0; i < series.streams.size(); ++i) {
      const StreamEvidence& stream = series.streams[i];
      if (stream.turns) return;
      if (!stream.KnownStart()) {
        const Decreases decreases = DecreasesIn(stream);
        resets += decreases.count;
        size += decreases.before;
      }
      if (i == 0 || ContinuesUnderRoundedStart(series.streams[i - 1], stream)) continue;
      const Sample& last = series.streams[i - 1].samples.back();
      const double before = last.value;
      const double first = stream.samples.front().value;
      // A stream without a start that does not go down may be the same counter; and one that had
      // counted nothing loses nothing.
      if (before == 0 || (!stream.KnownStart() && first >= before)) continue;
      ++resets;
      size += before;
      hidden |= first >= before || stream.samples.front().timestamp_ms == last.timestamp_ms;
    }
    if (resets == 0) return;
    tally_.Add(series, resets, size,
               hidden ? PrometheusFormulas() : Formulas{Formula::kMax, Formula::kMaxMinusMin});
  }
};

class NotMonotonicDetector final : public TallyingDetector {
 public:
  explicit NotMonotonicDetector(const Remedies& remedies)
      : TallyingDetector(FindingKind::kNotMonotonic,
                         "sum(delta(" + remedies.selector + "[" + remedies.range + "]))") {}

  void Look(const SeriesEvidence& series) override {
    if (series.pattern == StreamPattern::kDelta) return;
    Decreases all;
    for (const StreamEvidence& stream : series.streams) {
      if (!stream.KnownStart() || stream.holds_increments || stream.turns) continue;
      const Decreases decreases = DecreasesIn(stream);
      all.count += decreases.count;
      all.depth += decreases.depth;
    }
    if (all.count == 0) return;
    tally_.Add(series, all.count, all.depth, {});
    // Either it is the same counter, or it began anew.
    for (const Formula formula : kAllFormulas) tally_.Blame(formula);
  }
};

}  // namespace

std::unique_ptr<Detector> MakeResetDetector(const Remedies& remedies) {
  return std::make_unique<ResetDetector>(remedies);
}

std::unique_ptr<Detector> MakeNotMonotonicDetector(const Remedies& remedies) {
  return std::make_unique<NotMonotonicDetector>(remedies);
}

}  // namespace promlite::internal
