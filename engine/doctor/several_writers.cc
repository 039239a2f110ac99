#include <algorithm>

#include "promlite/engine/doctor/detector.h"
#include "promlite/engine/doctor/drops.h"
#include "promlite/engine/doctor/finding_tally.h"

namespace promlite::internal {
namespace {

class SeveralWritersDetector final : public Detector {
 public:
  explicit SeveralWritersDetector(const Remedies& remedies) : remedies_(remedies) {}

  void Look(const SeriesEvidence& series) override {
    if (series.pattern != StreamPattern::kSeveralWriters) return;
    double read_as_resets = DropsIn(series.merged).before;
    for (const StreamEvidence& stream : series.streams) read_as_resets -= DropsIn(stream).before;
    tally_.Add(series, 0, std::max(read_as_resets, 0.0), PrometheusFormulas());
    tally_.finding().count = std::max(tally_.finding().count, series.writers);
    tally_.KeepEarliest(series.overlapping_since_ms);
  }

  void Finish(std::vector<Finding>* findings) override {
    tally_.Finish(remedies_.Query(Formula::kExact), findings);
  }

 private:
  const Remedies remedies_;
  FindingTally tally_{FindingKind::kSeveralWriters};
};

}  // namespace

std::unique_ptr<Detector> MakeSeveralWritersDetector(const Remedies& remedies) {
  return std::make_unique<SeveralWritersDetector>(remedies);
}

}  // namespace promlite::internal
