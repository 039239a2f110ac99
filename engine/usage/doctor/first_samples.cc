#include "promlite/engine/kernels/windows.h"
#include "promlite/engine/usage/doctor/tallying_detector.h"

// A counter that is first seen with its first event: what it counted until then is in no difference
// of two samples.
namespace promlite::internal {
namespace {

// Whether the series as a whole begins in the range, with a start that is known and lies in it too
// or is near.
bool BeginsInRange(const SeriesEvidence& series) {
  const StreamEvidence& first = series.streams.front();
  for (const StreamEvidence& stream : series.streams) {
    if (stream.before) return false;
  }
  const std::optional<int64_t> start_ms = first.KnownStart();
  if (!start_ms) return false;
  return *start_ms >= series.range.after_ms ||
         SubtractMilliseconds(first.samples.front().timestamp_ms, *start_ms) <=
             series.range.lookback_ms;
}

// What knows nothing of the time before a first sample, or may not.
Formulas OfDifferences() {
  return {Formula::kAnchored, Formula::kAnchoredWithStarts, Formula::kSmoothed, Formula::kIncrease,
          Formula::kMaxMinusMin};
}

class FirstSampleDetector final : public TallyingDetector {
 public:
  explicit FirstSampleDetector(const Remedies& remedies)
      : TallyingDetector(FindingKind::kFirstSampleNotZero, remedies.Query(Formula::kExact)) {}

  void Look(const SeriesEvidence& series) override {
    if (series.pattern != StreamPattern::kOneAfterTheOther || series.merged.size() < 2) return;
    const double first = series.merged.front().value;
    if (first == 0 || !BeginsInRange(series)) return;
    tally_.Add(series, 1, first, OfDifferences());
    tally_.KeepEarliest(series.merged.front().timestamp_ms);
  }
};

class SingleSampleDetector final : public TallyingDetector {
 public:
  explicit SingleSampleDetector(const Remedies& remedies)
      : TallyingDetector(FindingKind::kSingleSample, remedies.Query(Formula::kExact)) {}

  void Look(const SeriesEvidence& series) override {
    if (series.pattern != StreamPattern::kOneAfterTheOther) return;
    size_t streams = 0;
    double size = 0;
    for (const StreamEvidence& stream : series.streams) {
      const double value = stream.samples.front().value;
      if (stream.samples.size() != 1 || stream.before || value == 0) continue;
      ++streams;
      size += value;
    }
    if (streams == 0) return;
    // Of several samples in the series the other findings tell.
    const bool alone = series.merged.size() == 1 && BeginsInRange(series);
    tally_.Add(series, streams, size, alone ? OfDifferences() : Formulas{});
  }
};

}  // namespace

std::unique_ptr<Detector> MakeFirstSampleDetector(const Remedies& remedies) {
  return std::make_unique<FirstSampleDetector>(remedies);
}

std::unique_ptr<Detector> MakeSingleSampleDetector(const Remedies& remedies) {
  return std::make_unique<SingleSampleDetector>(remedies);
}

}  // namespace promlite::internal
