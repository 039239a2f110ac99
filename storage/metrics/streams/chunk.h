#ifndef PROMLITE_STORAGE_METRICS_STREAMS_CHUNK_H_
#define PROMLITE_STORAGE_METRICS_STREAMS_CHUNK_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

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
    return codec == CodecId::kRaw && marker_count == 0 ? reinterpret_cast<const double*>(values())
                                                       : nullptr;
  }
  // Values [first, first + count), markers among them.
  void Decode(uint32_t first, uint32_t count, double* out) const;
};

// The values of a chunk to be: what sealing them will write, known before it is worth to seal them.
struct ChunkValues {
  ChunkValues() = default;
  ChunkValues(ChunkValues&&) = default;  // no copies: the analysis may point into `bridged`

  std::vector<uint32_t> markers;  // where staleness markers stand
  std::vector<double> bridged;    // the values with the markers bridged; empty if there are none
  ValueAnalysis analysis;         // of the values as they will be written
  CodecChoice codec;

  // Bytes of the chunk that SealChunk() would make.
  size_t chunk_bytes() const {
    return sizeof(Chunk) + Chunk::MarkerBytes(markers.size()) + codec.encoded_bytes;
  }
};

// `codec` forces a codec, where that can write the values; otherwise the smallest is taken. The
// values must outlive what is returned. REQUIRES: length > 0.
ChunkValues PrepareChunk(const double* values, uint32_t length, std::optional<CodecId> codec);

// Where the times of a chunk are: `times` points to the first one's in the column.
struct ChunkTimes {
  ColumnId column;
  uint32_t offset;
  const int64_t* times;
};

// The column's user is the caller's to register.
Chunk* SealChunk(const ChunkTimes& times, const ChunkValues& values, VersionedMemory* memory);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_METRICS_STREAMS_CHUNK_H_
