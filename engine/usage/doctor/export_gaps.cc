#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "promlite/engine/kernels/windows.h"
#include "promlite/engine/usage/doctor/tallying_detector.h"

// Exports that came later than usual, or not at all.
namespace promlite::internal {
namespace {

// A median of fewer intervals says nothing.
constexpr size_t kFewestIntervals = 3;
// How much longer than usual a gap must be.
constexpr int64_t kTimesUsual = 2;

struct Gaps {
  size_t count = 0;
  int64_t longest_ms = 0;
  double counted_across = 0;
};

// The gaps of one stream that are longer than `longer_than_ms`, but not than `at_most_ms`, among
// them the one in which the range begins.
void AddGaps(const StreamEvidence& stream, int64_t longer_than_ms, int64_t at_most_ms, Gaps* gaps) {
  const Sample* last = stream.before ? &*stream.before : nullptr;
  for (const Sample& sample : stream.samples) {
    const Sample* const previous = std::exchange(last, &sample);
    if (previous == nullptr) continue;
    const int64_t gap_ms = SubtractMilliseconds(sample.timestamp_ms, previous->timestamp_ms);
    if (gap_ms <= longer_than_ms || gap_ms > at_most_ms) continue;
    ++gaps->count;
    gaps->longest_ms = std::max(gaps->longest_ms, gap_ms);
    gaps->counted_across += std::fabs(sample.value - previous->value);
  }
}

// The median of the times between samples; nothing if there are too few.
std::optional<int64_t> UsualInterval(const std::vector<Sample>& samples) {
  if (samples.size() <= kFewestIntervals) return std::nullopt;
  std::vector<int64_t> intervals;
  for (size_t i = 1; i < samples.size(); ++i) {
    intervals.push_back(samples[i].timestamp_ms - samples[i - 1].timestamp_ms);
  }
  const auto middle = intervals.begin() + static_cast<ptrdiff_t>(intervals.size() / 2);
  std::nth_element(intervals.begin(), middle, intervals.end());
  return *middle;
}

class GapDetector final : public TallyingDetector {
 public:
  GapDetector(FindingKind kind, const Remedies& remedies)
      : TallyingDetector(kind, remedies.Query(Formula::kExact)) {}

  void Look(const SeriesEvidence& series) override {
    Gaps gaps;
    for (const StreamEvidence& stream : series.streams) {
      if (tally_.finding().kind == FindingKind::kGapBeyondLookback) {
        AddGaps(stream, series.range.lookback_ms, std::numeric_limits<int64_t>::max(), &gaps);
      } else if (const std::optional<int64_t> usual_ms = UsualInterval(stream.samples)) {
        AddGaps(stream, kTimesUsual * *usual_ms, series.range.lookback_ms, &gaps);
      }
    }
    if (gaps.count == 0) return;
    tally_.Add(series, gaps.count, gaps.counted_across, {});
    tally_.KeepLongest(gaps.longest_ms);
    // Over ranges that lie in a gap, begin or end there.
    for (const Formula formula : PrometheusFormulas()) tally_.Blame(formula);
  }
};

}  // namespace

std::unique_ptr<Detector> MakeLongGapDetector(const Remedies& remedies) {
  return std::make_unique<GapDetector>(FindingKind::kGapBeyondLookback, remedies);
}

std::unique_ptr<Detector> MakeUnevenExportsDetector(const Remedies& remedies) {
  return std::make_unique<GapDetector>(FindingKind::kUnevenExports, remedies);
}

}  // namespace promlite::internal
