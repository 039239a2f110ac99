#ifndef PROMLITE_STORAGE_METRICS_APPENDER_H_
#define PROMLITE_STORAGE_METRICS_APPENDER_H_

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "promlite/storage/labels/labels.h"
#include "promlite/storage/machine/ids.h"
#include "promlite/storage/metrics/histograms/histogram.h"
#include "promlite/storage/metrics/metric_metadata.h"
#include "promlite/storage/metrics/stream_temporality.h"

namespace promlite::internal {

// A name that stands twice among sorted labels, which no series may have.
inline std::optional<std::string_view> RepeatedLabelName(LabelsView sorted) {
  const auto repeated =
      std::adjacent_find(sorted.begin(), sorted.end(),
                         [](const LabelView& a, const LabelView& b) { return a.first == b.first; });
  return repeated == sorted.end() ? std::nullopt : std::optional(repeated->first);
}

// What a point of delta temporality gives to one series: what was added between `start_ns` (0 =
// unknown) and `time_ns`, nanoseconds since the epoch as sent.
struct Increment {
  int64_t start_ns = 0;
  int64_t time_ns = 0;
  double value = 0;  // not NaN
  // Of the point: 64 bits of hash over who sent it and all that it says. Another point of the same
  // identity is the same one, sent again.
  uint64_t point = 0;
};

// One request on its way into the head: the call into which every format is turned. Nothing of it
// is visible before Commit(); without Commit() it leaves no sample and no visible series. Made by
// Head::StartAppend(), which lets one writer in at a time.
class Appender {
 public:
  virtual ~Appender() = default;

  // The stream of the series `labels` that began at `start_ns` (nanoseconds since the epoch as
  // sent; 0 = unknown), made if it is new. Sorted labels without duplicates and empty values. Of a
  // stream that collects increments the start is that of its first one: `start_ns` is passed over.
  virtual StreamId Stream(LabelsView labels, int64_t start_ns,
                          StreamTemporality temporality = StreamTemporality::kCumulative) = 0;
  // Any order, any time. A stream's later sample at a time it already has replaces the earlier one
  // if its bits are larger (so that the order of loading does not matter).
  virtual void Append(StreamId stream, int64_t timestamp_ms, double value) = 0;
  // To a stream that collects increments (see StreamTemporality): any order, any time. One that has
  // been taken before, of the same point, counts once.
  virtual void AppendIncrement(StreamId stream, const Increment& increment) = 0;
  // Notes of a cumulative stream that a sample followed its start within one millisecond.
  virtual void NoteStartWithinMillisecond(StreamId stream) = 0;
  // A series may hold both; at one time of a stream a histogram replaces a number.
  virtual void AppendHistogram(StreamId stream, int64_t timestamp_ms,
                               const Histogram& histogram) = 0;
  virtual void AppendStalenessMarker(StreamId stream, int64_t timestamp_ms) = 0;
  virtual void SetMetadata(std::string_view metric_family, const MetricMetadata& metadata) = 0;

  // How many samples have been appended so far.
  virtual size_t sample_count() const = 0;

  // Makes the request part of the head. kNow: the next snapshot shows it. kLater: it becomes
  // visible with the next kNow, or Head::Publish() (bulk loading: publishing has a price).
  enum class Publish { kNow, kLater };
  virtual void Commit(Publish publish) = 0;
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_METRICS_APPENDER_H_
