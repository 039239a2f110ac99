#ifndef PROMLITE_STORAGE_METRICS_STREAMS_COLUMN_SHARING_H_
#define PROMLITE_STORAGE_METRICS_STREAMS_COLUMN_SHARING_H_

#include <array>
#include <cstdint>
#include <span>
#include <tuple>

#include "absl/container/flat_hash_map.h"
#include "promlite/storage/metrics/streams/stream_record.h"
#include "promlite/storage/metrics/streams/time_column.h"

namespace promlite::internal {

// Decides which time column a chunk's next sample belongs to, so that series that are written in
// step share one:
// - a chunk advances along its column while the next time there is its own, or not yet written;
// - a new chunk joins a column that is being written and already has its time;
// - chunks that fall out of step together move to another column together, and take a short history
//   along, so that a view over all of it stays in one column.
class ColumnSharing {
 public:
  // A chunk that is longer than this is sealed where it falls out of step, and not taken along.
  static constexpr uint32_t kTakeAlong = 64;

  explicit ColumnSharing(TimeColumns* columns) : columns_(columns) {}

  // Whether the chunk's next sample may have this time where the chunk is; then the column has it
  // at chunk.end(). REQUIRES: time_ms is after the chunk's samples.
  bool Advance(const OpenChunk& chunk, int64_t time_ms);
  // Makes chunk.end() the place of this time, in whichever column. REQUIRES: Advance() was false;
  // chunk->length <= kTakeAlong.
  void Move(OpenChunk* chunk, int64_t time_ms);
  // A column that begins with these times; the same one for the same times of one request.
  ColumnId Intern(std::span<const int64_t> times);
  // Puts the chunk on a column; none takes it off.
  void Attach(OpenChunk* chunk, ColumnId column, uint32_t offset);

  // What happens together is what happens within one request.
  void FinishRequest();

 private:
  using Departure = std::tuple<ColumnId, uint32_t, uint32_t, int64_t>;

  void Join(OpenChunk* chunk, int64_t time_ms);
  void Touch(ColumnId column);
  bool BeginsWith(ColumnId column, std::span<const int64_t> times) const;

  TimeColumns* columns_;
  std::array<ColumnId, 4> recent_;  // written last, newest first
  // By the place that was left and the time that was not there: the column moved to.
  absl::flat_hash_map<Departure, ColumnId> departures_;
  absl::flat_hash_map<uint64_t, ColumnId> interned_;  // by hash of their times
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_METRICS_STREAMS_COLUMN_SHARING_H_
