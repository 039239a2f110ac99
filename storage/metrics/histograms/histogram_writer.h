#ifndef PROMLITE_STORAGE_METRICS_HISTOGRAMS_HISTOGRAM_WRITER_H_
#define PROMLITE_STORAGE_METRICS_HISTOGRAMS_HISTOGRAM_WRITER_H_

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

#include "promlite/storage/machine/versioned_memory.h"
#include "promlite/storage/metrics/histograms/histogram.h"
#include "promlite/storage/metrics/histograms/histogram_run.h"
#include "promlite/storage/metrics/streams/stream_record.h"

namespace promlite::internal {

// A native histogram on its way into a stream.
struct NewHistogram {
  int64_t time_ms;
  StreamId stream;
  Histogram histogram;
};

// Puts native histograms into streams, in any order. What a stream holds in the end does not depend
// on the order of arrival: one histogram a time, of several the one with the larger bits. Writer
// only.
class HistogramWriter {
 public:
  HistogramWriter(VersionedMemory* memory, StreamArray* streams, HistogramRunArray* runs)
      : memory_(memory), streams_(streams), runs_(runs) {}

  void Append(std::span<const NewHistogram> histograms);

  // Of all streams.
  uint64_t sample_count() const { return sample_count_; }
  int64_t min_ms() const { return min_ms_; }  // REQUIRES: samples
  int64_t max_ms() const { return max_ms_; }

  // Releases all that the run holds.
  void Destroy(const HistogramRun& run);

 private:
  // The stream's run, made if there is none.
  HistogramRunId RunOf(StreamId stream);
  void AppendNewest(HistogramRunId run, const NewHistogram& histogram);
  // Of one stream, ascending; none is newer than the run's last.
  void InsertLate(HistogramRunId run, std::span<const NewHistogram* const> histograms);
  void Count(int64_t time_ms);

  VersionedMemory* memory_;
  StreamArray* streams_;
  HistogramRunArray* runs_;
  uint64_t sample_count_ = 0;
  int64_t min_ms_ = std::numeric_limits<int64_t>::max();
  int64_t max_ms_ = std::numeric_limits<int64_t>::min();
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_METRICS_HISTOGRAMS_HISTOGRAM_WRITER_H_
