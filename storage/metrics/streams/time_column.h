#ifndef PROMLITE_STORAGE_METRICS_STREAMS_TIME_COLUMN_H_
#define PROMLITE_STORAGE_METRICS_STREAMS_TIME_COLUMN_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "promlite/storage/machine/ids.h"
#include "promlite/storage/machine/versioned_array.h"
#include "promlite/storage/machine/versioned_memory.h"

namespace promlite::internal {

// Strictly ascending times in milliseconds, shared by all series that have samples at just these
// times; a chunk says which run of which column is its own. A column only grows, at its end, and
// its times lie in one piece of memory, so that a view over many chunks needs no copy of them.
//
// Who refers to a column (a chunk) registers as its user; when none is left the times are freed,
// and later versions may use the number for another column.
class TimeColumns {
 public:
  // A column holds no more than this; then another one is begun.
  static constexpr size_t kMaxTimes = size_t{1} << 30;

  explicit TimeColumns(VersionedMemory* memory)
      : memory_(memory), times_(memory, MemoryUse::kTimes) {}
  ~TimeColumns();

  // REQUIRES: ascending, at least one.
  ColumnId Add(std::span<const int64_t> times);
  // REQUIRES: after the last; size(id) < kMaxTimes.
  void Extend(ColumnId id, int64_t time_ms);

  const int64_t* times(ColumnId id) const { return times_[id.number()]; }
  uint32_t size(ColumnId id) const { return columns_[id.number()].size; }
  int64_t back(ColumnId id) const { return times(id)[size(id) - 1]; }
  // The index of the time at or after `from`, or size(id) if it is not there.
  uint32_t Find(ColumnId id, int64_t time_ms, uint32_t from = 0) const;

  void AddUser(ColumnId id) { ++columns_[id.number()].users; }
  void RemoveUser(ColumnId id);

  // For readers: times by column, under the versions' rules.
  using View = VersionedArray<int64_t*>::View;
  View view() const { return times_.view(); }

 private:
  struct Column {
    uint32_t size = 0;
    uint32_t capacity = 0;
    uint32_t users = 0;
  };

  VersionedMemory* memory_;
  VersionedArray<int64_t*> times_;
  std::vector<Column> columns_;
  std::vector<ColumnId> free_;  // numbers without users, given out again
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_METRICS_STREAMS_TIME_COLUMN_H_
