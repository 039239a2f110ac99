#ifndef PROMLITE_STORAGE_CODECS_CONSTANT_H_
#define PROMLITE_STORAGE_CODECS_CONSTANT_H_

#include <algorithm>
#include <bit>
#include <cstring>

#include "promlite/storage/codecs/codec.h"

namespace promlite::internal {

//  +-------+
//  | value |   one double: all values have its bits
//  +-------+
inline constexpr Codec kConstant = {
    .name = "constant",
    .encoded_size =
        [](const double* values, size_t count) {
          const auto bits = std::bit_cast<uint64_t>(values[0]);
          const bool constant = std::all_of(values, values + count, [bits](double value) {
            return std::bit_cast<uint64_t>(value) == bits;
          });
          return constant ? sizeof(double) : Codec::kNotEncodable;
        },
    .encode = [](const double* values, size_t,
                 uint8_t* out) { std::memcpy(out, values, sizeof(double)); },
    .decode =
        [](const uint8_t* encoded, size_t, size_t, size_t wanted, double* out) {
          double value;
          std::memcpy(&value, encoded, sizeof value);
          std::fill_n(out, wanted, value);
        },
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_CODECS_CONSTANT_H_
