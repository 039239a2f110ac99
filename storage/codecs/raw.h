#ifndef PROMLITE_STORAGE_CODECS_RAW_H_
#define PROMLITE_STORAGE_CODECS_RAW_H_

#include <cstring>

#include "promlite/storage/codecs/codec.h"

namespace promlite::internal {

//  +---------+---------+-----+
//  | value 0 | value 1 | ... |   doubles, eight bytes each: a view of them needs no decoding
//  +---------+---------+-----+
//
// Encodes anything.
inline constexpr Codec kRaw = {
    .id = CodecId::kRaw,
    .name = "raw",
    .encoded_size = [](const ValueAnalysis& values) { return values.count * sizeof(double); },
    .encode = [](const ValueAnalysis& values,
                 uint8_t* out) { std::memcpy(out, values.values, values.count * sizeof(double)); },
    .decode =
        [](const uint8_t* encoded, size_t, size_t first, size_t wanted, double* out) {
          std::memcpy(out, encoded + first * sizeof(double), wanted * sizeof(double));
        },
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_CODECS_RAW_H_
