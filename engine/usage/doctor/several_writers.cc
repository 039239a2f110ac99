#include <algorithm>

#include "promlite/engine/usage/doctor/decreases.h"
#include "promlite/engine/usage/doctor/tallying_detector.h"

namespace promlite::internal {
namespace {

class SeveralWritersDetector final : public TallyingDetector {
 public:
  explicit SeveralWritersDetector(const Remedies& remedies)
      : TallyingDetector(FindingKind::kSeveralWriters, remedies.Query(Formula::kExact)) {}

  void Look(const SeriesEvidence& series) override {
    if (series.pattern != StreamPattern::kSeveralWriters) return;
    double read_as_resets = DecreasesIn(series.merged).before;
    for (const StreamEvidence& stream : series.streams)
      read_as_resets -= DecreasesIn(stream).before;
    const bool may_be_one = series.counted.doubts.contains(Doubt::kSecondRoute);
    tally_.Add(series, 0, std::max(read_as_resets, 0.0),
               may_be_one ? Formulas{} : PrometheusFormulas());
    if (may_be_one) {
      for (const Formula formula : kAllFormulas) tally_.Blame(formula);
    }
    tally_.finding().count = std::max(tally_.finding().count, series.writers);
    tally_.KeepEarliest(series.overlapping_since_ms);
  }
};

// Which of them `exact` cannot tell apart.
class TakesTurnsDetector final : public TallyingDetector {
 public:
  explicit TakesTurnsDetector(const Remedies&) : TallyingDetector(FindingKind::kTakesTurns, "") {}

  void Look(const SeriesEvidence& series) override {
    if (!series.counted.estimate) return;
    const TurnsEstimate& estimate = *series.counted.estimate;
    tally_.Add(series, 0, estimate.from_zero, {});
    tally_.finding().count = std::max(tally_.finding().count, estimate.sequences);
    for (const Formula formula : kAllFormulas) tally_.Blame(formula);
  }
};

class SecondRouteDetector final : public TallyingDetector {
 public:
  explicit SecondRouteDetector(const Remedies& remedies)
      : TallyingDetector(FindingKind::kSecondRoute, remedies.Query(Formula::kExact)) {}

  void Look(const SeriesEvidence& series) override {
    const auto joined =
        std::count_if(series.streams.begin(), series.streams.end(),
                      [](const StreamEvidence& stream) { return stream.has_second_route; });
    if (joined > 0) tally_.Add(series, static_cast<size_t>(joined), 0, {});
  }
};

}  // namespace

std::unique_ptr<Detector> MakeTakesTurnsDetector(const Remedies& remedies) {
  return std::make_unique<TakesTurnsDetector>(remedies);
}

std::unique_ptr<Detector> MakeSecondRouteDetector(const Remedies& remedies) {
  return std::make_unique<SecondRouteDetector>(remedies);
}

std::unique_ptr<Detector> MakeSeveralWritersDetector(const Remedies& remedies) {
  return std::make_unique<SeveralWritersDetector>(remedies);
}

}  // namespace promlite::internal
