#ifndef PROMLITE_STORAGE_CODECS_CONSTANT_H_
#define PROMLITE_STORAGE_CODECS_CONSTANT_H_

#include <algorithm>
#include <bit>
#include <cstring>

#include "promlite/storage/codecs/codec.h"

namespace promlite::internal {

// What of the analysis this codec rests on.
inline void FindConstant(ValueAnalysis* analysis) {
  const auto bits = std::bit_cast<uint64_t>(analysis->values[0]);
  analysis->is_constant =
      std::all_of(analysis->values, analysis->values + analysis->count,
                  [bits](double value) { return std::bit_cast<uint64_t>(value) == bits; });
}

//  +-------+
//  | value |   one double: all values have its bits
//  +-------+
inline constexpr Codec kConstant = {
    .id = CodecId::kConstant,
    .name = "constant",
    .encoded_size =
        [](const ValueAnalysis& values) {
          return values.is_constant ? sizeof(double) : Codec::kNotEncodable;
        },
    .encode = [](const ValueAnalysis& values,
                 uint8_t* out) { std::memcpy(out, values.values, sizeof(double)); },
    .decode =
        [](const uint8_t* encoded, size_t, size_t, size_t wanted, double* out) {
          double value;
          std::memcpy(&value, encoded, sizeof value);
          std::fill_n(out, wanted, value);
        },
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_CODECS_CONSTANT_H_
