#include "promlite/storage/metrics/streams/time_column.h"

#include <algorithm>
#include <cstring>

namespace promlite::internal {
namespace {

constexpr uint32_t kFirstCapacity = 8;

}  // namespace

TimeColumns::~TimeColumns() {
  for (size_t id = 0; id < columns_.size(); ++id) memory_->Release(times_[id]);
}

ColumnId TimeColumns::Add(std::span<const int64_t> times) {
  Column column;
  column.size = static_cast<uint32_t>(times.size());
  column.capacity = std::max(kFirstCapacity, column.size);
  auto* block = static_cast<int64_t*>(
      memory_->Allocate(column.capacity * sizeof(int64_t), MemoryUse::kTimes));
  std::memcpy(block, times.data(), times.size_bytes());
  if (free_.empty()) {
    columns_.push_back(column);
    return ColumnId(static_cast<uint32_t>(times_.Add(block)));
  }
  const ColumnId id = free_.back();
  free_.pop_back();
  columns_[id.number()] = column;
  *times_.Mutable(id.number()) = block;
  return id;
}

void TimeColumns::Extend(ColumnId id, int64_t time_ms) {
  Column& column = columns_[id.number()];
  if (column.size == column.capacity) {
    // Half as much again: readers' versions keep the outgrown block only as long as they live.
    const uint32_t capacity = column.capacity + column.capacity / 2;
    auto* grown =
        static_cast<int64_t*>(memory_->Allocate(capacity * sizeof(int64_t), MemoryUse::kTimes));
    int64_t** times = times_.Mutable(id.number());
    std::memcpy(grown, *times, column.size * sizeof(int64_t));
    memory_->Release(*times);
    *times = grown;
    column.capacity = capacity;
  }
  // In place: no version has a chunk that reaches beyond the size it saw.
  times_[id.number()][column.size++] = time_ms;
}

uint32_t TimeColumns::Find(ColumnId id, int64_t time_ms, uint32_t from) const {
  const int64_t* begin = times(id);
  const int64_t* end = begin + size(id);
  const int64_t* found = std::lower_bound(begin + std::min(from, size(id)), end, time_ms);
  return found != end && *found == time_ms ? static_cast<uint32_t>(found - begin) : size(id);
}

void TimeColumns::RemoveUser(ColumnId id) {
  Column& column = columns_[id.number()];
  if (--column.users > 0) return;
  int64_t** times = times_.Mutable(id.number());
  memory_->Release(*times);
  *times = nullptr;
  column = Column();
  free_.push_back(id);
}

}  // namespace promlite::internal
