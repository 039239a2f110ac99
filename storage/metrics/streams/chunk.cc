#include "promlite/storage/metrics/streams/chunk.h"

#include <algorithm>
#include <cstring>
#include <new>
#include <vector>

#include "promlite/storage/metrics/sample.h"

namespace promlite::internal {
namespace {

std::vector<uint32_t> FindMarkers(const double* values, uint32_t length) {
  std::vector<uint32_t> markers;
  for (uint32_t i = 0; i < length; ++i) {
    if (IsStalenessMarker(values[i])) markers.push_back(i);
  }
  return markers;
}

// The values with a neighbour's value in each marker's place; zeros if there are only markers.
std::vector<double> BridgeMarkers(const double* values, uint32_t length) {
  std::vector<double> bridged(values, values + length);
  const double* first = std::find_if_not(values, values + length, IsStalenessMarker);
  double last = first == values + length ? 0 : *first;
  for (double& value : bridged) {
    if (IsStalenessMarker(value)) {
      value = last;
    } else {
      last = value;
    }
  }
  return bridged;
}

}  // namespace

ChunkValues PrepareChunk(const double* values, uint32_t length, std::optional<CodecId> codec) {
  ChunkValues prepared;
  prepared.markers = FindMarkers(values, length);
  if (!prepared.markers.empty()) prepared.bridged = BridgeMarkers(values, length);
  // The vector's values stay where they are when the structure moves.
  prepared.analysis = Analyze(prepared.markers.empty() ? values : prepared.bridged.data(), length);
  prepared.codec = ChooseCodec(prepared.analysis, codec);
  return prepared;
}

Chunk* SealChunk(const ChunkTimes& times, const ChunkValues& values, VersionedMemory* memory) {
  const auto length = static_cast<uint32_t>(values.analysis.count);
  auto* chunk = ::new (memory->Allocate(values.chunk_bytes(), MemoryUse::kValues))
      Chunk{.first_ms = times.times[0],
            .last_ms = times.times[length - 1],
            .column = times.column,
            .offset = times.offset,
            .length = length,
            .marker_count = static_cast<uint32_t>(values.markers.size()),
            .codec = values.codec.id};
  auto* bytes = reinterpret_cast<uint8_t*>(chunk + 1);
  if (!values.markers.empty()) {
    std::memcpy(bytes, values.markers.data(), values.markers.size() * sizeof(uint32_t));
  }
  CodecOf(chunk->codec).encode(values.analysis, bytes + Chunk::MarkerBytes(values.markers.size()));
  return chunk;
}

void Chunk::Decode(uint32_t first, uint32_t count, double* out) const {
  if (count == 0) return;
  CodecOf(codec).decode(values(), length, first, count, out);
  const uint32_t* end = markers() + marker_count;
  for (const uint32_t* marker = std::lower_bound(markers(), end, first);
       marker != end && *marker < first + count; ++marker) {
    out[*marker - first] = StalenessMarker();
  }
}

}  // namespace promlite::internal
