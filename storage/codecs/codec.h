#ifndef PROMLITE_STORAGE_CODECS_CODEC_H_
#define PROMLITE_STORAGE_CODECS_CODEC_H_

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

namespace promlite::internal {

// One way to write down the values of a sealed chunk. Values come back with every bit as they went
// in. Decoding is random access: no value needs another one to be read first, so that a window's
// two end samples cost two reads. All functions are pure.
struct Codec {
  static constexpr size_t kNotEncodable = std::numeric_limits<size_t>::max();

  std::string_view name;
  // Bytes that encoding takes, or kNotEncodable. REQUIRES: count > 0 (of all three).
  size_t (*encoded_size)(const double* values, size_t count);
  // `out` has encoded_size() bytes, aligned to eight.
  void (*encode)(const double* values, size_t count, uint8_t* out);
  // Values [first, first + wanted) of the `count` that were encoded. REQUIRES: wanted > 0.
  void (*decode)(const uint8_t* encoded, size_t count, size_t first, size_t wanted, double* out);
};

using CodecId = uint8_t;

// Its encoding is the values themselves: a view needs no decoding. Encodes anything.
inline constexpr CodecId kRawCodec = 0;

// All codecs; a CodecId is an index into this table.
std::span<const Codec> Codecs();

// The codec that writes the values with the fewest bytes; of equals, the earlier in the table.
CodecId ChooseCodec(const double* values, size_t count);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_CODECS_CODEC_H_
