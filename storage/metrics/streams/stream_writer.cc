#include "promlite/storage/metrics/streams/stream_writer.h"

#include <algorithm>
#include <cstring>

#include "promlite/storage/metrics/sample.h"

namespace promlite::internal {
namespace {

constexpr uint32_t kFirstCapacity = 8;
constexpr uint32_t kFirstSealed = 2;
// A shorter chunk costs more in its head than its codec can save.
constexpr uint32_t kLeastPacked = 32;

}  // namespace

StreamWriter::StreamWriter(VersionedMemory* memory, TimeColumns* columns, StreamArray* streams,
                           Options options)
    : memory_(memory), columns_(columns), streams_(streams), options_(options), sharing_(columns) {}

void StreamWriter::Append(StreamId stream, int64_t time_ms, double value) {
  StreamRecord* record = streams_->Mutable(stream.number());
  if (record->sample_count > 0 && time_ms <= record->last_ms) {
    late_.push_back({stream, SameTime::kLargestBits, {time_ms, value}});
    return;
  }
  AppendNewest(record, time_ms, value);
}

void StreamWriter::AppendNewest(StreamRecord* stream, int64_t time_ms, double value) {
  if (!sharing_.Advance(stream->open, time_ms)) Place(stream, &stream->open, time_ms);
  Push(&stream->open, value);
  Count(stream, 1, time_ms);
  stream->last_ms = time_ms;
  max_ms_ = std::max(max_ms_, time_ms);
  if (AtChunkEnd(stream->open)) Seal(stream, &stream->open);
}

void StreamWriter::Count(StreamRecord* stream, uint64_t added, int64_t first_ms) {
  stream->first_ms = stream->sample_count == 0 ? first_ms : std::min(stream->first_ms, first_ms);
  stream->sample_count += added;
  sample_count_ += added;
  min_ms_ = std::min(min_ms_, first_ms);
}

void StreamWriter::Place(StreamRecord* stream, OpenChunk* chunk, int64_t time_ms) {
  if (chunk->length > ColumnSharing::kTakeAlong) Seal(stream, chunk);
  sharing_.Move(chunk, time_ms);
}

void StreamWriter::Push(OpenChunk* chunk, double value) {
  const uint32_t capacity =
      chunk->values == nullptr
          ? 0
          : static_cast<uint32_t>(VersionedMemory::Bytes(chunk->values) / sizeof(double));
  if (chunk->length == capacity) {
    const uint32_t room = options_.chunk_samples - chunk->offset % options_.chunk_samples;
    const uint32_t grown_capacity = std::min(room, std::max(kFirstCapacity, 2 * capacity));
    auto* grown = static_cast<double*>(
        memory_->Allocate(grown_capacity * sizeof(double), MemoryUse::kValues));
    if (capacity > 0) std::memcpy(grown, chunk->values, capacity * sizeof(double));
    memory_->Release(chunk->values);
    chunk->values = grown;
  }
  // In place: no version looks beyond the length that it saw.
  chunk->values[chunk->length++] = value;
  chunk->has_markers |= IsStalenessMarker(value);
}

void StreamWriter::DropValues(OpenChunk* chunk) {
  memory_->Release(chunk->values);
  chunk->values = nullptr;
  chunk->length = 0;
  chunk->has_markers = false;
}

Chunk* StreamWriter::MakeChunk(const ChunkTimes& times, const ChunkValues& values) {
  columns_->AddUser(times.column);
  return SealChunk(times, values, memory_);
}

void StreamWriter::Seal(StreamRecord* stream, OpenChunk* chunk) {
  if (chunk->length == 0) return;
  Seal(stream, chunk, PrepareChunk(chunk->values, chunk->length, options_.codec));
}

void StreamWriter::Seal(StreamRecord* stream, OpenChunk* chunk, const ChunkValues& values) {
  Chunk* sealed = MakeChunk({.column = chunk->column,
                             .offset = chunk->offset,
                             .times = columns_->times(chunk->column) + chunk->offset},
                            values);
  Splice(stream, SealedPosition(*stream, sealed->first_ms), 0, {&sealed, 1});
  chunk->offset = chunk->end();
  DropValues(chunk);
}

void StreamWriter::Pack(StreamId stream, OpenChunk StreamRecord::* which) {
  const OpenChunk& chunk = (*streams_)[stream.number()].*which;
  if (chunk.length < kLeastPacked) return;
  const ChunkValues values = PrepareChunk(chunk.values, chunk.length, options_.codec);
  if (values.chunk_bytes() + sizeof(Chunk*) >= VersionedMemory::Bytes(chunk.values)) return;
  StreamRecord* record = streams_->Mutable(stream.number());
  Seal(record, &(record->*which), values);
}

void StreamWriter::Pack(StreamId stream) {
  Pack(stream, &StreamRecord::open);
  Pack(stream, &StreamRecord::late);
}

uint32_t StreamWriter::SealedPosition(const StreamRecord& stream, int64_t time_ms) {
  Chunk* const* begin = stream.sealed;
  Chunk* const* end = begin + stream.sealed_count;
  if (stream.sealed_count == 0 || end[-1]->last_ms < time_ms) return stream.sealed_count;
  return static_cast<uint32_t>(
      std::lower_bound(begin, end, time_ms,
                       [](const Chunk* chunk, int64_t time) { return chunk->last_ms < time; }) -
      begin);
}

void StreamWriter::Splice(StreamRecord* stream, uint32_t position, uint32_t removed,
                          std::span<Chunk* const> added) {
  for (uint32_t i = position; i < position + removed; ++i) {
    columns_->RemoveUser(stream->sealed[i]->column);
    memory_->Release(stream->sealed[i]);
  }
  const uint32_t count = stream->sealed_count;
  const uint32_t behind = count - position - removed;
  const auto new_count = static_cast<uint32_t>(count - removed + added.size());
  const size_t capacity =
      stream->sealed == nullptr ? 0 : VersionedMemory::Bytes(stream->sealed) / sizeof(Chunk*);
  // Behind the last one there is nothing that a version sees; everything else is copied.
  const bool in_place = position == count && new_count <= capacity;
  if (!in_place) {
    const size_t grown = new_count <= capacity
                             ? capacity
                             : std::max<size_t>({kFirstSealed, new_count, capacity + capacity / 2});
    auto** list =
        static_cast<Chunk**>(memory_->Allocate(grown * sizeof(Chunk*), MemoryUse::kSeries));
    if (position > 0) std::copy_n(stream->sealed, position, list);
    if (behind > 0) {
      std::copy_n(stream->sealed + position + removed, behind, list + position + added.size());
    }
    memory_->Release(stream->sealed);
    stream->sealed = list;
  }
  std::copy(added.begin(), added.end(), stream->sealed + position);
  stream->sealed_count = new_count;
}

int64_t StreamWriter::FirstTime(const OpenChunk& chunk) const {
  return columns_->times(chunk.column)[chunk.offset];
}

int64_t StreamWriter::LastTime(const OpenChunk& chunk) const {
  return columns_->times(chunk.column)[chunk.end() - 1];
}

void StreamWriter::Destroy(const StreamRecord& record) {
  for (uint32_t i = 0; i < record.sealed_count; ++i) memory_->Release(record.sealed[i]);
  memory_->Release(record.sealed);
  memory_->Release(record.open.values);
  memory_->Release(record.late.values);
}

}  // namespace promlite::internal
