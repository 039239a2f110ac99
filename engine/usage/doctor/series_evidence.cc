#include "promlite/engine/usage/doctor/series_evidence.h"

#include <algorithm>
#include <utility>

#include "promlite/engine/kernels/windows.h"
#include "promlite/engine/usage/samples_without_nan.h"
#include "promlite/parser/text/milliseconds.h"
#include "promlite/storage/metrics/streams/stream_overlap.h"

namespace promlite::internal {
namespace {

// Processes that export once, one after the other, look like one counter whose start moves if their
// values happen to grow: that they do so often by chance is what these numbers rule out.
constexpr size_t kFewestMovingStarts = 5;
constexpr size_t kFewestRises = 3;
// A moving start may miss the export before it by an interval divided by this.
constexpr int64_t kStartSlackDivisor = 10;

// Makes increments the counter that they add up to, from zero on.
void AddUp(StreamEvidence* stream) {
  double total = 0;
  for (Sample& sample : stream->samples) sample.value = total += sample.value;
  if (stream->before) stream->before->value = 0;
  if (stream->start_is_known) return;
  stream->start_is_known = true;
  stream->start_ns = (stream->first_ms - 1) * kNanosecondsPerMillisecond;
}

std::optional<RisingSequences> FindTurns(const StreamEvidence& stream) {
  const std::vector<double> values = stream.Values();
  if (std::is_sorted(values.begin(), values.end())) return std::nullopt;
  const RisingSequences cover = CoverByRisingSequences(values);
  return cover.TakeTurns() ? std::optional(cover) : std::nullopt;
}

std::vector<StreamEvidence> ReadEvidenceOfStreams(const Snapshot& snapshot, SeriesId id,
                                                  int64_t after_ms, int64_t end_ms,
                                                  StreamPattern* pattern) {
  std::vector<StreamEvidence> streams;
  SampleBuffer buffer;
  snapshot.ReadStreams(id, after_ms, end_ms, &buffer, [&](const StreamView& view) {
    StreamEvidence stream;
    stream.start_ns = view.start_ns;
    stream.first_ms = view.first_ms;
    stream.start_is_known = view.start_is_known;
    stream.has_second_route = view.has_second_route;
    stream.holds_increments = HoldsIncrements(view.temporality);
    for (const Sample& sample : SamplesWithoutNaN(view.samples)) {
      if (sample.timestamp_ms <= after_ms) {
        stream.before = sample;
      } else {
        stream.samples.push_back(sample);
      }
    }
    if (stream.samples.empty()) return;
    if (CollectsIncrements(view.temporality)) {
      AddUp(&stream);
    } else if (view.temporality == StreamTemporality::kCumulative) {
      stream.turns = FindTurns(stream);
    }
    if (view.temporality == StreamTemporality::kDeltaAsSent) *pattern = StreamPattern::kDelta;
    streams.push_back(std::move(stream));
  });
  std::stable_sort(streams.begin(), streams.end(),
                   [](const StreamEvidence& a, const StreamEvidence& b) {
                     return a.samples.front().timestamp_ms < b.samples.front().timestamp_ms;
                   });
  return streams;
}

std::vector<Sample> ReadMerged(const Snapshot& snapshot, SeriesId id, int64_t after_ms,
                               int64_t end_ms) {
  SampleBuffer buffer;
  return SamplesWithoutNaN(snapshot.Read(id, AddMilliseconds(after_ms, 1), end_ms,
                                         Snapshot::StartTimes::kSkip, &buffer));
}

// A writer is there from its start on, where that is known, so that those are seen which export
// only once. Where it ends another one may begin.
void LookForOverlap(SeriesEvidence* evidence) {
  std::vector<StreamSummary> summaries;
  const StreamEvidence* before = nullptr;
  for (const StreamEvidence& stream : evidence->streams) {
    StreamSummary summary;
    summary.first_ms = stream.KnownStart().value_or(stream.samples.front().timestamp_ms);
    if (before != nullptr && ContinuesUnderRoundedStart(*before, stream)) {
      summary.first_ms = stream.samples.front().timestamp_ms;
    }
    before = &stream;
    summary.last_ms =
        std::max(summary.first_ms, SubtractMilliseconds(stream.samples.back().timestamp_ms, 1));
    summary.samples = stream.samples.size();
    summaries.push_back(summary);
  }
  const std::optional<StreamOverlap> overlap = FindOverlap(summaries);
  if (!overlap) return;
  evidence->pattern = StreamPattern::kSeveralWriters;
  evidence->writers = overlap->writers;
  evidence->overlapping_since_ms = overlap->since_ms;
}

bool EachStreamHasOneSample(const SeriesEvidence& evidence) {
  return std::all_of(evidence.streams.begin(), evidence.streams.end(),
                     [](const StreamEvidence& stream) { return stream.samples.size() == 1; });
}

bool NeverDrops(const std::vector<Sample>& samples) {
  return std::is_sorted(samples.begin(), samples.end(),
                        [](const Sample& a, const Sample& b) { return a.value < b.value; });
}

// Whether each start is the export before, more or less.
bool StartsMoveWithExports(const SeriesEvidence& evidence) {
  if (evidence.streams.size() < kFewestMovingStarts || !NeverDrops(evidence.merged)) return false;
  size_t rises = 0;
  for (size_t i = 1; i < evidence.streams.size(); ++i) {
    const Sample& before = evidence.streams[i - 1].samples.front();
    const Sample& sample = evidence.streams[i].samples.front();
    const int64_t start_ms = FloorMilliseconds(evidence.streams[i].start_ns);
    const int64_t slack_ms =
        SubtractMilliseconds(sample.timestamp_ms, before.timestamp_ms) / kStartSlackDivisor;
    if (start_ms < SubtractMilliseconds(before.timestamp_ms, slack_ms) ||
        start_ms > AddMilliseconds(before.timestamp_ms, slack_ms)) {
      return false;
    }
    rises += sample.value > before.value ? 1 : 0;
  }
  return rises >= kFewestRises;
}

void LookForMovingStarts(SeriesEvidence* evidence) {
  if (EachStreamHasOneSample(*evidence) && StartsMoveWithExports(*evidence)) {
    evidence->pattern = StreamPattern::kMovingStart;
    evidence->truth = evidence->merged.back().value;
    if (!evidence->streams.front().KnownStart()) evidence->truth -= evidence->merged.front().value;
  }
}

}  // namespace

std::optional<int64_t> StreamEvidence::KnownStart() const {
  if (!start_is_known) return std::nullopt;
  return FloorMilliseconds(start_ns);
}

std::vector<double> StreamEvidence::Values() const {
  std::vector<double> values;
  if (before) values.push_back(before->value);
  for (const Sample& sample : samples) values.push_back(sample.value);
  return values;
}

void AddFirstExports(const Snapshot& snapshot, SeriesId id, const EvidenceRange& range,
                     FirstExports* first_exports) {
  SampleBuffer buffer;
  snapshot.ReadStreams(id, range.after_ms, range.end_ms, &buffer, [&](const StreamView& view) {
    if (!view.start_is_known || HoldsIncrements(view.temporality)) return;
    for (const Sample& sample : SamplesWithoutNaN(view.samples)) {
      if (sample.timestamp_ms <= range.after_ms) continue;
      int64_t& first = first_exports->try_emplace(view.start_ns, sample.timestamp_ms).first->second;
      first = std::min(first, sample.timestamp_ms);
      return;
    }
  });
}

bool ContinuesUnderRoundedStart(const StreamEvidence& before, const StreamEvidence& stream) {
  constexpr int64_t kSecondNs = 1'000'000'000, kSecondMs = 1'000;
  const bool are_rounded = before.KnownStart() && stream.KnownStart() &&
                           before.start_ns % kSecondNs == 0 && stream.start_ns % kSecondNs == 0;
  if (!are_rounded) return false;
  const Sample& last = before.samples.back();
  const Sample& first = stream.samples.front();
  const int64_t early_ms = SubtractMilliseconds(last.timestamp_ms, *stream.KnownStart());
  return early_ms > 0 && early_ms < kSecondMs && first.timestamp_ms > last.timestamp_ms &&
         first.value >= last.value;
}

SeriesEvidence ReadSeriesEvidence(const Snapshot& snapshot, SeriesId id, const EvidenceRange& range,
                                  const FirstExports& first_exports, const SeriesAnswers& answers) {
  SeriesEvidence evidence;
  evidence.labels = snapshot.LabelsOf(id);
  evidence.streams =
      ReadEvidenceOfStreams(snapshot, id, range.after_ms, range.end_ms, &evidence.pattern);
  evidence.merged = ReadMerged(snapshot, id, range.after_ms, range.end_ms);
  evidence.range = range;
  evidence.answers = answers;
  for (StreamEvidence& stream : evidence.streams) {
    const auto first = first_exports.find(stream.start_ns);
    stream.appears_in_range = stream.start_is_known && first != first_exports.end() &&
                              first->second < stream.samples.front().timestamp_ms;
  }
  const double exact = answers[static_cast<size_t>(Formula::kExact)].value_or(0);
  evidence.truth = exact;
  if (evidence.streams.size() > 1 && evidence.pattern != StreamPattern::kDelta) {
    LookForMovingStarts(&evidence);
    if (evidence.pattern == StreamPattern::kOneAfterTheOther) LookForOverlap(&evidence);
  }
  evidence.counted = CountStreams(evidence, exact);
  return evidence;
}

}  // namespace promlite::internal
