#ifndef PROMLITE_STORAGE_CODECS_ARITHMETIC_H_
#define PROMLITE_STORAGE_CODECS_ARITHMETIC_H_

#include <bit>
#include <cstring>
#include <limits>

#include "promlite/storage/codecs/codec.h"

namespace promlite::internal {

//  +-------+------+
//  | first | step |   doubles: value i is first + i * step, rounded twice
//  +-------+------+
//
// For what grows by the same amount each time: bytes of a steady transfer, uptimes, timestamps.
struct ArithmeticProgression {
  double first;
  double step;

  // Of 32 bits, since only those are converted to doubles several at a time.
  double at(int32_t index) const { return first + static_cast<double>(index) * step; }
};

inline constexpr Codec kArithmetic = {
    .name = "arithmetic",
    .encoded_size =
        [](const double* values, size_t count) {
          if (count < 3 || count > std::numeric_limits<int32_t>::max()) {
            return Codec::kNotEncodable;
          }
          const ArithmeticProgression line{values[0], values[1] - values[0]};
          for (size_t i = 0; i < count; ++i) {
            if (std::bit_cast<uint64_t>(line.at(static_cast<int32_t>(i))) !=
                std::bit_cast<uint64_t>(values[i])) {
              return Codec::kNotEncodable;
            }
          }
          return sizeof line;
        },
    .encode =
        [](const double* values, size_t, uint8_t* out) {
          const ArithmeticProgression line{values[0], values[1] - values[0]};
          std::memcpy(out, &line, sizeof line);
        },
    .decode =
        [](const uint8_t* encoded, size_t, size_t first, size_t wanted, double* out) {
          ArithmeticProgression line;
          std::memcpy(&line, encoded, sizeof line);
          const auto begin = static_cast<int32_t>(first);
          const auto size = static_cast<int32_t>(wanted);
          for (int32_t i = 0; i < size; ++i) out[i] = line.at(begin + i);
        },
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_CODECS_ARITHMETIC_H_
