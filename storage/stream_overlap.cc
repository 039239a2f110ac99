#include "promlite/storage/stream_overlap.h"

#include <algorithm>
#include <limits>
#include <optional>

namespace promlite::internal {
namespace {

struct SpanEnd {
  int64_t time_ms;
  bool opens;
};

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

}  // namespace

std::vector<StreamOverlap> FindStreamOverlaps(const Snapshot& snapshot) {
  std::vector<StreamOverlap> overlaps;
  SampleBuffer buffer;
  for (const SeriesId id : snapshot.Select({})) {
    std::optional<StreamOverlap> overlap = FindOverlap(snapshot.Streams(id));
    if (!overlap) continue;
    overlap->series = id;
    const SamplesView merged =
        snapshot.Read(id, std::numeric_limits<int64_t>::min(), std::numeric_limits<int64_t>::max(),
                      Snapshot::StartTimes::kSkip, &buffer);
    overlap->collisions = snapshot.SeriesSampleCount(id) - merged.size;
    overlaps.push_back(*overlap);
  }
  return overlaps;
}

}  // namespace promlite::internal
