#ifndef PROMLITE_STORAGE_CODECS_INTEGERS_H_
#define PROMLITE_STORAGE_CODECS_INTEGERS_H_

#include "promlite/storage/codecs/codec.h"

namespace promlite::internal {

// What of the analysis these codecs rest on.
void FindIntegers(ValueAnalysis* analysis);

// Whole numbers by frame of reference: the smallest, and how far above it each one lies.
//
//  +---------+------------+------------+-----+
//  | minimum | distance 0 | distance 1 | ... |   int64, then unsigned integers of one width
//  +---------+------------+------------+-----+
//
// One codec for each width, so that decoding is one loop without a branch. Encodes integers of a
// magnitude up to 2^53 (-0 is none) that lie close enough together.
template <typename Distance>
struct IntegerCodec {
  static size_t EncodedSize(const ValueAnalysis& values);
  static void Encode(const ValueAnalysis& values, uint8_t* out);
  static void Decode(const uint8_t* encoded, size_t count, size_t first, size_t wanted,
                     double* out);

  static constexpr Codec Make(CodecId id, std::string_view name) {
    return {id, name, EncodedSize, Encode, Decode};
  }
};

inline constexpr Codec kIntegers8 = IntegerCodec<uint8_t>::Make(CodecId::kIntegers8, "integers8");
inline constexpr Codec kIntegers16 =
    IntegerCodec<uint16_t>::Make(CodecId::kIntegers16, "integers16");
inline constexpr Codec kIntegers32 =
    IntegerCodec<uint32_t>::Make(CodecId::kIntegers32, "integers32");

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_CODECS_INTEGERS_H_
