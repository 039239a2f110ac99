#include "promlite/storage/metrics/streams/stream_overlap.h"

#include <algorithm>
#include <limits>

namespace promlite::internal {
namespace {

struct SpanEnd {
  int64_t time_ms;
  bool opens;
};

}  // namespace

std::optional<StreamOverlap> FindOverlap(const std::vector<StreamSummary>& streams) {
  std::vector<SpanEnd> ends;
  ends.reserve(2 * streams.size());
  for (const StreamSummary& stream : streams) {
    if (stream.samples == 0) continue;
    ends.push_back({stream.first_ms, true});
    ends.push_back({stream.last_ms, false});
  }
  // Both ends belong to the span, so spans open before others close.
  std::sort(ends.begin(), ends.end(), [](const SpanEnd& a, const SpanEnd& b) {
    return a.time_ms != b.time_ms ? a.time_ms < b.time_ms : a.opens && !b.opens;
  });
  StreamOverlap overlap;
  size_t open = 0;
  for (const SpanEnd& end : ends) {
    if (!end.opens) {
      --open;
      continue;
    }
    ++open;
    if (open == 2 && overlap.writers == 0) overlap.since_ms = end.time_ms;
    if (open >= 2) overlap.writers = std::max(overlap.writers, open);
  }
  if (overlap.writers == 0) return std::nullopt;
  return overlap;
}

size_t CountMergedSamples(const Snapshot& snapshot, SeriesId id) {
  constexpr int64_t kFirst = std::numeric_limits<int64_t>::min();
  constexpr int64_t kLast = std::numeric_limits<int64_t>::max();
  SampleBuffer buffer;
  const size_t numbers =
      snapshot.Read(id, kFirst, kLast, Snapshot::StartTimes::kSkip, &buffer).size;
  if (!snapshot.HasHistograms(id)) return numbers;
  return numbers + snapshot.ReadHistograms(id, kFirst, kLast).size();
}

namespace {

// The streams as those see them who count by stream: a counter that came by two routes is one.
std::vector<StreamSummary> JoinedStreams(const Snapshot& snapshot, SeriesId id, bool* any_joined) {
  std::vector<StreamSummary> streams;
  SampleBuffer buffer;
  snapshot.ReadStreams(id, std::numeric_limits<int64_t>::min(), std::numeric_limits<int64_t>::max(),
                       &buffer, [&](const StreamView& view) {
                         StreamSummary& stream = streams.emplace_back();
                         stream.first_ms = view.first_ms;
                         stream.last_ms = view.samples.times[view.samples.size - 1];
                         stream.samples = view.samples.size;
                         *any_joined |= view.has_second_route;
                       });
  return streams;
}

}  // namespace

std::vector<StreamOverlap> FindStreamOverlaps(const Snapshot& snapshot) {
  std::vector<StreamOverlap> overlaps;
  for (const SeriesId id : snapshot.Select({})) {
    std::optional<StreamOverlap> overlap = FindOverlap(snapshot.Streams(id));
    if (!overlap) continue;
    bool any_joined = false;
    const std::vector<StreamSummary> joined = JoinedStreams(snapshot, id, &any_joined);
    if (any_joined && !(overlap = FindOverlap(joined))) continue;
    overlap->series = id;
    overlap->collisions = snapshot.SeriesSampleCount(id) - CountMergedSamples(snapshot, id);
    overlaps.push_back(*overlap);
  }
  return overlaps;
}

}  // namespace promlite::internal
