#ifndef PROMLITE_STORAGE_CODECS_CODEC_H_
#define PROMLITE_STORAGE_CODECS_CODEC_H_

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>

namespace promlite::internal {

// Which codec wrote a chunk. The numbers are the codecs' for good: a new one takes the next.
enum class CodecId : uint8_t {
  kRaw = 0,
  kConstant = 1,
  kArithmetic = 2,
  kIntegers8 = 3,
  kIntegers16 = 4,
  kIntegers32 = 5,
};

// What all codecs want to know of the values that one of them will write, found once: for choosing
// as for encoding.
struct ValueAnalysis {
  const double* values = nullptr;
  size_t count = 0;            // > 0
  bool is_constant = false;    // all values have the bits of the first
  bool is_arithmetic = false;  // value i is first + i * step to the bit; at least three values
  double step = 0;             // of the progression; REQUIRES: is_arithmetic
  // Whether all are integers (-0 is none) of a magnitude up to 2^53, and the least and greatest.
  bool is_integers = false;
  int64_t minimum = 0;
  int64_t maximum = 0;
};

// REQUIRES: count > 0. The values must outlive the analysis.
ValueAnalysis Analyze(const double* values, size_t count);

// One way to write down the values of a sealed chunk. Values come back with every bit as they went
// in. Decoding is random access: no value needs another one to be read first, so that a window's
// two end samples cost two reads, and reading one value after the other costs as much as reading
// them at once. All functions are pure.
struct Codec {
  static constexpr size_t kNotEncodable = std::numeric_limits<size_t>::max();

  CodecId id;
  std::string_view name;
  // Bytes that encoding takes, or kNotEncodable.
  size_t (*encoded_size)(const ValueAnalysis& values);
  // `out` has encoded_size() bytes, aligned to eight. REQUIRES: the values can be encoded.
  void (*encode)(const ValueAnalysis& values, uint8_t* out);
  // Values [first, first + wanted) of the `count` that were encoded. REQUIRES: wanted > 0.
  void (*decode)(const uint8_t* encoded, size_t count, size_t first, size_t wanted, double* out);
};

// All codecs, each at the place that its number tells.
std::span<const Codec> Codecs();

inline const Codec& CodecOf(CodecId id) { return Codecs()[static_cast<size_t>(id)]; }

// The codec of that name, or nothing.
std::optional<CodecId> FindCodec(std::string_view name);

struct CodecChoice {
  CodecId id;
  size_t encoded_bytes;
};

// The codec that writes the values with the fewest bytes; of equals, the one with the lowest
// number. A `forced` one is taken wherever it can encode the values, raw elsewhere.
CodecChoice ChooseCodec(const ValueAnalysis& values, std::optional<CodecId> forced = std::nullopt);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_CODECS_CODEC_H_
