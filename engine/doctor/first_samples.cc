#include "promlite/engine/doctor/detector.h"
#include "promlite/engine/doctor/finding_tally.h"
#include "promlite/engine/windows.h"

// A counter that is first seen with its first event: what it counted until then is in no difference
// of two samples.
namespace promlite::internal {
namespace {

// Whether the series as a whole begins in the range, with a start that is known and near.
bool BeginsInRange(const SeriesEvidence& series) {
  const StreamEvidence& first = series.streams.front();
  for (const StreamEvidence& stream : series.streams) {
    if (stream.before) return false;
  }
  const std::optional<int64_t> start_ms = first.KnownStart();
  return start_ms && SubtractMilliseconds(first.samples.front().timestamp_ms, *start_ms) <=
                         series.range.lookback_ms;
}

class FirstSampleDetector final : public Detector {
 public:
  explicit FirstSampleDetector(const Remedies& remedies) : remedies_(remedies) {}

  void Look(const SeriesEvidence& series) override {
    if (series.pattern != StreamPattern::kOneAfterTheOther || series.merged.size() < 2) return;
    const double first = series.merged.front().value;
    if (first == 0 || !BeginsInRange(series)) return;
    tally_.Add(series, 1, first,
               {Formula::kAnchored, Formula::kSmoothed, Formula::kIncrease, Formula::kMaxMinusMin});
    tally_.KeepEarliest(series.merged.front().timestamp_ms);
  }

  void Finish(std::vector<Finding>* findings) override {
    tally_.Finish(remedies_.Query(Formula::kExact), findings);
  }

 private:
  const Remedies remedies_;
  FindingTally tally_{FindingKind::kFirstSampleNotZero};
};

class SingleSampleDetector final : public Detector {
 public:
  explicit SingleSampleDetector(const Remedies& remedies) : remedies_(remedies) {}

  void Look(const SeriesEvidence& series) override {
    if (series.pattern != StreamPattern::kOneAfterTheOther) return;
    size_t streams = 0;
    double size = 0;
    for (const StreamEvidence& stream : series.streams) {
      if (stream.samples.size() != 1 || stream.before) continue;
      ++streams;
      size += stream.samples.front().value;
    }
    if (streams == 0) return;
    // Of several samples in the series the other findings tell.
    const bool alone = series.merged.size() == 1 && BeginsInRange(series);
    tally_.Add(series, streams, size,
               alone ? Formulas{Formula::kAnchored, Formula::kSmoothed, Formula::kIncrease,
                                Formula::kMaxMinusMin}
                     : Formulas{});
  }

  void Finish(std::vector<Finding>* findings) override {
    tally_.Finish(remedies_.Query(Formula::kExact), findings);
  }

 private:
  const Remedies remedies_;
  FindingTally tally_{FindingKind::kSingleSample};
};

}  // namespace

std::unique_ptr<Detector> MakeFirstSampleDetector(const Remedies& remedies) {
  return std::make_unique<FirstSampleDetector>(remedies);
}

std::unique_ptr<Detector> MakeSingleSampleDetector(const Remedies& remedies) {
  return std::make_unique<SingleSampleDetector>(remedies);
}

}  // namespace promlite::internal
