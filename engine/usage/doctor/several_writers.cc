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
    tally_.Add(series, 0, std::max(read_as_resets, 0.0), PrometheusFormulas());
    tally_.finding().count = std::max(tally_.finding().count, series.writers);
    tally_.KeepEarliest(series.overlapping_since_ms);
  }
};

}  // namespace

std::unique_ptr<Detector> MakeSeveralWritersDetector(const Remedies& remedies) {
  return std::make_unique<SeveralWritersDetector>(remedies);
}

}  // namespace promlite::internal
