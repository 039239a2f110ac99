#include "promlite/storage/metrics/streams/column_sharing.h"

#include <algorithm>
#include <vector>

#include "absl/hash/hash.h"
#include "absl/types/span.h"

namespace promlite::internal {

bool ColumnSharing::Advance(const OpenChunk& chunk, int64_t time_ms) {
  if (chunk.column.is_none()) return false;
  const uint32_t end = chunk.end();
  const uint32_t size = columns_->size(chunk.column);
  if (end < size) {
    if (columns_->times(chunk.column)[end] != time_ms) return false;
  } else {
    if (size >= TimeColumns::kMaxTimes || columns_->back(chunk.column) >= time_ms) return false;
    columns_->Extend(chunk.column, time_ms);
  }
  if (recent_[0] != chunk.column) Touch(chunk.column);
  return true;
}

void ColumnSharing::Move(OpenChunk* chunk, int64_t time_ms) {
  if (chunk->column.is_none()) {
    Join(chunk, time_ms);
    return;
  }
  const ColumnId old = chunk->column;
  if (chunk->length == 0) {
    // Only missed a few times: nothing is cut short by going on further along.
    const uint32_t index = columns_->Find(old, time_ms, chunk->offset);
    if (index < columns_->size(old)) {
      chunk->offset = index;
      Touch(old);
      return;
    }
  }
  ColumnId& moved_to =
      departures_
          .try_emplace(Departure(old, chunk->offset, chunk->end(), time_ms), ColumnId::None())
          .first->second;
  const int64_t* history = columns_->times(old) + chunk->offset;
  std::vector<int64_t> times(history, history + chunk->length);
  times.push_back(time_ms);
  if (moved_to.is_none() || !BeginsWith(moved_to, times)) moved_to = columns_->Add(times);
  Attach(chunk, moved_to, 0);
  Touch(moved_to);
}

void ColumnSharing::Join(OpenChunk* chunk, int64_t time_ms) {
  for (const ColumnId column : recent_) {
    if (column.is_none() || columns_->size(column) == 0) continue;
    const uint32_t size = columns_->size(column);
    const uint32_t index =
        columns_->back(column) == time_ms ? size - 1 : columns_->Find(column, time_ms);
    if (index == size) continue;
    Attach(chunk, column, index);
    Touch(column);
    return;
  }
  Attach(chunk, columns_->Add({&time_ms, 1}), 0);
  Touch(chunk->column);
}

ColumnId ColumnSharing::Intern(std::span<const int64_t> times) {
  const uint64_t hash = absl::HashOf(absl::Span<const int64_t>(times.data(), times.size()));
  const auto entry = interned_.try_emplace(hash, ColumnId::None()).first;
  const ColumnId known = entry->second;
  if (!known.is_none() && BeginsWith(known, times)) return known;
  entry->second = columns_->Add(times);
  return entry->second;
}

// To be asked of any remembered column: its number may have been given to another one.
bool ColumnSharing::BeginsWith(ColumnId column, std::span<const int64_t> times) const {
  return columns_->size(column) >= times.size() &&
         std::equal(times.begin(), times.end(), columns_->times(column));
}

void ColumnSharing::Attach(OpenChunk* chunk, ColumnId column, uint32_t offset) {
  if (!column.is_none()) columns_->AddUser(column);
  if (!chunk->column.is_none()) columns_->RemoveUser(chunk->column);
  chunk->column = column;
  chunk->offset = offset;
}

void ColumnSharing::FinishRequest() {
  departures_.clear();
  interned_.clear();
}

void ColumnSharing::Touch(ColumnId column) {
  auto place = std::find(recent_.begin(), recent_.end(), column);
  if (place == recent_.end()) --place;
  std::rotate(recent_.begin(), place, place + 1);
  recent_[0] = column;
}

}  // namespace promlite::internal
