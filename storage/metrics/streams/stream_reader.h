#ifndef PROMLITE_STORAGE_METRICS_STREAMS_STREAM_READER_H_
#define PROMLITE_STORAGE_METRICS_STREAMS_STREAM_READER_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "promlite/storage/metrics/snapshot.h"
#include "promlite/storage/metrics/streams/stream_record.h"

namespace promlite::internal {

// Consecutive samples of one chunk.
struct Piece {
  const int64_t* times = nullptr;  // of the first sample
  ColumnId column;
  uint32_t index = 0;              // of the first sample's time in the column
  uint32_t count = 0;              // > 0
  const double* values = nullptr;  // null: to be decoded from `chunk`
  const Chunk* chunk = nullptr;
  uint32_t first = 0;  // the first sample, counted in the chunk
  bool may_have_markers = false;
  const StreamRecord* stream = nullptr;

  int64_t first_ms() const { return times[0]; }
  int64_t last_ms() const { return times[count - 1]; }
  void CopyValues(double* out) const;
  double ValueAt(uint32_t index) const;
};

using Pieces = absl::InlinedVector<Piece, 8>;

// Adds the stream's samples with min_ms <= time <= max_ms, in time order.
void CollectPieces(const StreamRecord& stream, const TimeColumns::View& columns, int64_t min_ms,
                   int64_t max_ms, Pieces* pieces);

// Replaces the increments of a stream's pieces by their running total, which `totals` holds, and
// cuts the pieces to what is not before min_ms. Adds up one by one in the order of time, as the
// Collector's deltatocumulative processor does. REQUIRES: the pieces are all of the stream's up to
// some time.
void AddUp(int64_t min_ms, std::vector<double>* totals, Pieces* pieces);

// The time of the stream's first sample whose value is not NaN (as staleness markers are).
std::optional<int64_t> FirstNumberTime(const StreamRecord& stream,
                                       const TimeColumns::View& columns);

// The same of the last one at or before time_ms.
std::optional<int64_t> LastNumberTime(const StreamRecord& stream, const TimeColumns::View& columns,
                                      int64_t time_ms);

// The pieces one after another. REQUIRES: in time order, not overlapping.
SamplesView Concatenate(const Pieces& pieces, Snapshot::StartTimes start_times,
                        SampleBuffer* buffer);

// The pieces of several streams in any order: of samples with the same time that of the stream with
// the later start stays. REQUIRES: one stream's pieces stand together, in time order.
SamplesView Merge(const Pieces& pieces, Snapshot::StartTimes start_times, SampleBuffer* buffer);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_METRICS_STREAMS_STREAM_READER_H_
