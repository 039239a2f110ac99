#ifndef PROMLITE_STORAGE_METRICS_STREAMS_CHUNK_H_
#define PROMLITE_STORAGE_METRICS_STREAMS_CHUNK_H_

#include <cstddef>
#include <cstdint>
#include <optional>

#include "promlite/storage/codecs/codec.h"
#include "promlite/storage/machine/versioned_memory.h"
#include "promlite/storage/metrics/streams/time_column.h"

namespace promlite::internal {

// A sealed run of one stream's samples. Immutable; one block of memory:
//
//  +--------+----------------------------+-----------------------------------+
//  | Chunk  | markers: uint32 positions, | values, as the codec writes them, |
//  |        | padded to eight bytes      | the markers' places bridged       |
//  +--------+----------------------------+-----------------------------------+
//
// Staleness markers are kept apart, since among counts they would spoil every codec: in the values
// stands at their place the value before (or, at the beginning, the first one after).
struct Chunk {
  int64_t first_ms;
  int64_t last_ms;
  ColumnId column;
  uint32_t offset;  // the first sample's time, as an index into the column
  uint32_t length;  // > 0
  uint32_t marker_count;
  CodecId codec;

  const uint32_t* markers() const { return reinterpret_cast<const uint32_t*>(this + 1); }
  const uint8_t* values() const {
    return reinterpret_cast<const uint8_t*>(this + 1) + MarkerBytes(marker_count);
  }
  static size_t MarkerBytes(size_t count) { return (count * sizeof(uint32_t) + 7) / 8 * 8; }

  // The values themselves if they lie there undecoded, otherwise null.
  const double* RawValues() const {
    return codec == kRawCodec && marker_count == 0 ? reinterpret_cast<const double*>(values())
                                                   : nullptr;
  }
  // Values [first, first + count), markers among them.
  void Decode(uint32_t first, uint32_t count, double* out) const;
};

// Which samples a chunk is made of: `times` points to the first one's time in the column.
struct ChunkSource {
  ColumnId column;
  uint32_t offset;
  uint32_t length;
  const int64_t* times;
  const double* values;
};

// `codec` forces a codec, where that can write the values; otherwise the smallest is taken. The
// column's user is the caller's to register.
Chunk* SealChunk(const ChunkSource& source, std::optional<CodecId> codec, VersionedMemory* memory);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_METRICS_STREAMS_CHUNK_H_
