#ifndef PROMLITE_ENGINE_USAGE_DOCTOR_SERIES_EVIDENCE_H_
#define PROMLITE_ENGINE_USAGE_DOCTOR_SERIES_EVIDENCE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "promlite/engine/kernels/rising_sequences.h"
#include "promlite/engine/usage/doctor/counted.h"
#include "promlite/engine/usage/doctor/finding.h"
#include "promlite/storage/labels/labels.h"
#include "promlite/storage/metrics/sample.h"
#include "promlite/storage/metrics/snapshot.h"

namespace promlite::internal {

// What the formulas answer for one series; nothing where there is no result.
using SeriesAnswers = std::array<std::optional<double>, kFormulaCount>;

// One writer's samples of a series inside the range, NaN left out; not empty. Increments (of delta
// temporality) stand here as their running total, a counter that begins at zero; but for those that
// PromQL sees as they were sent.
struct StreamEvidence {
  int64_t start_ns = 0;  // as sent; 0 = unknown
  int64_t first_ms = 0;  // of the stream's first sample, in the range or before it
  bool start_is_known = false;
  // Another stream of the same start, so of the same process, was exported in the range before this
  // one was seen: what this one counted first was counted in between.
  bool appears_in_range = false;
  bool holds_increments = false;  // so that the first one was counted whatever its start is
  // If it goes down and up as several writers in turn do: the rising sequences that they may be.
  std::optional<RisingSequences> turns;
  bool has_second_route = false;  // its samples came without its start, too
  // The last sample before the range. If there is none, the stream begins in the range.
  std::optional<Sample> before;
  std::vector<Sample> samples;

  // The start in milliseconds if it lies before the stream's first sample: what `exact` takes for
  // known.
  std::optional<int64_t> KnownStart() const;
  // Of all samples, the one before the range among them.
  std::vector<double> Values() const;
};

// How the streams of a series stand to each other.
enum class StreamPattern {
  kOneAfterTheOther,
  kSeveralWriters,  // at one time
  kMovingStart,     // one counter, whose start moves with each sample
  kDelta,           // PromQL sees increments: what was counted since the sample before
};

// The range (after_ms, end_ms] that is looked at, and how long a sample counts as the current one.
struct EvidenceRange {
  int64_t after_ms = 0;
  int64_t end_ms = 0;
  int64_t lookback_ms = 0;
  bool ends_with_newest_sample = false;  // since no time is asked for
};

// All that the doctor's detectors look at.
struct SeriesEvidence {
  Labels labels;
  std::vector<StreamEvidence> streams;  // by first sample
  // The streams merged into one series, as PromQL sees it; NaN left out.
  std::vector<Sample> merged;
  StreamPattern pattern = StreamPattern::kOneAfterTheOther;
  size_t writers = 1;                // the most at one time
  int64_t overlapping_since_ms = 0;  // kSeveralWriters: when the second one came
  SeriesAnswers answers;
  Counted counted;   // in the range
  double truth = 0;  // one number of it: `exact`, unless the starts mislead it

  EvidenceRange range;
};

// When the streams of each start (nanoseconds) were first exported in the range, milliseconds.
using FirstExports = std::map<int64_t, int64_t>;
void AddFirstExports(const Snapshot& snapshot, SeriesId id, const EvidenceRange& range,
                     FirstExports* first_exports);

// Whether the next stream may be the same counter as the one before it: its start is in whole
// seconds, as the other's is, and lies before the other's last sample by less than one; no sample
// does, and none is below.
bool ContinuesUnderRoundedStart(const StreamEvidence& before, const StreamEvidence& stream);

// Reads one series; `answers` are those of its formulas. Without streams if there is no sample.
SeriesEvidence ReadSeriesEvidence(const Snapshot& snapshot, SeriesId id, const EvidenceRange& range,
                                  const FirstExports& first_exports, const SeriesAnswers& answers);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_USAGE_DOCTOR_SERIES_EVIDENCE_H_
