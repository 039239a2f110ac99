#ifndef PROMLITE_STORAGE_CODECS_RAW_H_
#define PROMLITE_STORAGE_CODECS_RAW_H_

#include <cstring>

#include "promlite/storage/codecs/codec.h"

namespace promlite::internal {

//  +---------+---------+-----+
//  | value 0 | value 1 | ... |   doubles, eight bytes each
//  +---------+---------+-----+
inline constexpr Codec kRaw = {
    .name = "raw",
    .encoded_size = [](const double*, size_t count) { return count * sizeof(double); },
    .encode = [](const double* values, size_t count,
                 uint8_t* out) { std::memcpy(out, values, count * sizeof(double)); },
    .decode =
        [](const uint8_t* encoded, size_t, size_t first, size_t wanted, double* out) {
          std::memcpy(out, encoded + first * sizeof(double), wanted * sizeof(double));
        },
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_CODECS_RAW_H_
