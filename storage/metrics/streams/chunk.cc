#include "promlite/storage/metrics/streams/chunk.h"

#include <algorithm>
#include <cstring>
#include <new>
#include <vector>

#include "promlite/storage/metrics/staleness.h"

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

Chunk* SealChunk(const ChunkSource& source, std::optional<CodecId> codec, VersionedMemory* memory) {
  const std::vector<uint32_t> markers = FindMarkers(source.values, source.length);
  std::vector<double> bridged;
  const double* values = source.values;
  if (!markers.empty()) {
    bridged = BridgeMarkers(source.values, source.length);
    values = bridged.data();
  }
  CodecId chosen = codec.value_or(kRawCodec);
  if (!codec) chosen = ChooseCodec(values, source.length);
  size_t size = Codecs()[chosen].encoded_size(values, source.length);
  if (size == Codec::kNotEncodable) {
    chosen = kRawCodec;
    size = Codecs()[chosen].encoded_size(values, source.length);
  }

  const size_t marker_bytes = Chunk::MarkerBytes(markers.size());
  auto* chunk = ::new (memory->Allocate(sizeof(Chunk) + marker_bytes + size, MemoryUse::kValues))
      Chunk{.first_ms = source.times[0],
            .last_ms = source.times[source.length - 1],
            .column = source.column,
            .offset = source.offset,
            .length = source.length,
            .marker_count = static_cast<uint32_t>(markers.size()),
            .codec = chosen};
  auto* bytes = reinterpret_cast<uint8_t*>(chunk + 1);
  if (!markers.empty()) std::memcpy(bytes, markers.data(), markers.size() * sizeof(uint32_t));
  Codecs()[chosen].encode(values, source.length, bytes + marker_bytes);
  return chunk;
}

void Chunk::Decode(uint32_t first, uint32_t count, double* out) const {
  if (count == 0) return;
  Codecs()[codec].decode(values(), length, first, count, out);
  const uint32_t* end = markers() + marker_count;
  for (const uint32_t* marker = std::lower_bound(markers(), end, first);
       marker != end && *marker < first + count; ++marker) {
    out[*marker - first] = StalenessMarker();
  }
}

}  // namespace promlite::internal
