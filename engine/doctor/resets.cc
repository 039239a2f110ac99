#include "promlite/engine/doctor/drops.h"
#include "promlite/engine/doctor/tallying_detector.h"

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
    bool hidden = false;  // the new counter is not below the old one: no value tells
    for (size_t i = 0; i < series.streams.size(); ++i) {
      const StreamEvidence& stream = series.streams[i];
      if (!stream.KnownStart()) {
        const Drops drops = DropsIn(stream);
        resets += drops.count;
        size += drops.before;
      }
      if (i == 0) continue;
      const double before = series.streams[i - 1].samples.back().value;
      const double first = stream.samples.front().value;
      // A stream without a start that does not go down may be the same counter.
      if (!stream.KnownStart() && first >= before) continue;
      ++resets;
      size += before;
      hidden |= first >= before && before != 0;
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
    Drops all;
    for (const StreamEvidence& stream : series.streams) {
      if (!stream.KnownStart()) continue;
      const Drops drops = DropsIn(stream);
      all.count += drops.count;
      all.before += drops.before;
      all.depth += drops.depth;
    }
    if (all.count == 0) return;
    tally_.Add(series, all.count, all.depth, {});
    // If it is the same counter, they add what was there before.
    for (const Formula formula :
         {Formula::kExact, Formula::kAnchored, Formula::kSmoothed, Formula::kIncrease}) {
      tally_.Blame(formula, all.before);
    }
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
