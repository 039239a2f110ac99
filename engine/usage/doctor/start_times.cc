#include <algorithm>
#include <cmath>

#include "promlite/engine/kernels/windows.h"
#include "promlite/engine/usage/doctor/tallying_detector.h"

// Start timestamps that say nothing, too little or too much.
namespace promlite::internal {
namespace {

class StartUnknownDetector final : public TallyingDetector {
 public:
  StartUnknownDetector(FindingKind kind, const Remedies& remedies)
      : TallyingDetector(kind, remedies.Query(Formula::kExact)) {}

  void Look(const SeriesEvidence& series) override {
    if (series.pattern == StreamPattern::kMovingStart || series.pattern == StreamPattern::kDelta) {
      return;
    }
    size_t streams = 0;
    double size = 0;
    for (const StreamEvidence& stream : series.streams) {
      const double first = stream.samples.front().value;
      if (stream.before || stream.KnownStart() || stream.turns || first == 0) continue;
      const bool has_none = stream.start_ns == 0;
      if (has_none != (tally_.finding().kind == FindingKind::kStartUnknown)) continue;
      ++streams;
      size += first;
    }
    if (streams == 0) return;
    tally_.Add(series, streams, size, {});
    // Either it was counted in the range, or it was not.
    for (const Formula formula : kAllFormulas) tally_.Blame(formula);
  }
};

class MovingStartDetector final : public TallyingDetector {
 public:
  explicit MovingStartDetector(const Remedies& remedies)
      : TallyingDetector(FindingKind::kMovingStart, remedies.Query(Formula::kMax)) {}

  void Look(const SeriesEvidence& series) override {
    if (series.pattern != StreamPattern::kMovingStart) return;
    const double exact = series.answers[static_cast<size_t>(Formula::kExact)].value_or(0);
    tally_.Add(series, series.streams.size(), std::fabs(exact - series.truth),
               {Formula::kExact, Formula::kAnchored, Formula::kAnchoredWithStarts,
                Formula::kSmoothed, Formula::kIncrease, Formula::kMaxMinusMin});
  }
};

class DeltaDetector final : public TallyingDetector {
 public:
  explicit DeltaDetector(const Remedies& remedies)
      : TallyingDetector(FindingKind::kDelta,
                         "sum(sum_over_time(" + remedies.selector + "[" + remedies.range + "]))") {}

  void Look(const SeriesEvidence& series) override {
    if (series.pattern != StreamPattern::kDelta) return;
    tally_.Add(series, series.streams.size(), std::fabs(series.truth), PrometheusFormulas());
  }
};

class RoundedStartDetector final : public TallyingDetector {
 public:
  explicit RoundedStartDetector(const Remedies&)
      : TallyingDetector(FindingKind::kRoundedStart, "") {}

  void Look(const SeriesEvidence& series) override {
    size_t starts = 0;
    double size = 0;
    for (size_t i = 1; i < series.streams.size(); ++i) {
      const StreamEvidence& before = series.streams[i - 1];
      if (!ContinuesUnderRoundedStart(before, series.streams[i])) continue;
      ++starts;
      size += before.samples.back().value;
    }
    if (starts == 0) return;
    tally_.Add(series, starts, size, {});
    for (const Formula formula : kAllFormulas) tally_.Blame(formula);
  }
};

class OldStartDetector final : public TallyingDetector {
 public:
  explicit OldStartDetector(const Remedies& remedies)
      : TallyingDetector(FindingKind::kOlderThanRecording, remedies.Query(Formula::kExact)) {}

  void Look(const SeriesEvidence& series) override {
    size_t streams = 0;
    double size = 0;
    int64_t longest_ms = 0;
    for (const StreamEvidence& stream : series.streams) {
      const std::optional<int64_t> start_ms = stream.KnownStart();
      // What began in the range was counted in it.
      if (stream.before || !start_ms || *start_ms >= series.range.after_ms) continue;
      const Sample& first = stream.samples.front();
      if (stream.holds_increments || stream.turns || stream.appears_in_range || first.value == 0) {
        continue;
      }
      const int64_t age_ms = SubtractMilliseconds(first.timestamp_ms, *start_ms);
      ++streams;
      size += first.value;
      longest_ms = std::max(longest_ms, age_ms);
    }
    if (streams == 0) return;
    tally_.Add(series, streams, size, {});
    tally_.KeepLongest(longest_ms);
    // Either it was counted in the range, or it was not.
    for (const Formula formula : kAllFormulas) tally_.Blame(formula);
  }
};

}  // namespace

std::unique_ptr<Detector> MakeStartUnknownDetector(const Remedies& remedies) {
  return std::make_unique<StartUnknownDetector>(FindingKind::kStartUnknown, remedies);
}

std::unique_ptr<Detector> MakeStartAtFirstSampleDetector(const Remedies& remedies) {
  return std::make_unique<StartUnknownDetector>(FindingKind::kStartAtFirstSample, remedies);
}

std::unique_ptr<Detector> MakeRoundedStartDetector(const Remedies& remedies) {
  return std::make_unique<RoundedStartDetector>(remedies);
}

std::unique_ptr<Detector> MakeMovingStartDetector(const Remedies& remedies) {
  return std::make_unique<MovingStartDetector>(remedies);
}

std::unique_ptr<Detector> MakeDeltaDetector(const Remedies& remedies) {
  return std::make_unique<DeltaDetector>(remedies);
}

std::unique_ptr<Detector> MakeOldStartDetector(const Remedies& remedies) {
  return std::make_unique<OldStartDetector>(remedies);
}

}  // namespace promlite::internal
