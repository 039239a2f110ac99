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

// What of the analysis this codec rests on.
inline void FindProgression(ValueAnalysis* analysis) {
  if (analysis->count < 3 || analysis->count > std::numeric_limits<int32_t>::max()) return;
  const ArithmeticProgression line{analysis->values[0], analysis->values[1] - analysis->values[0]};
  for (size_t i = 0; i < analysis->count; ++i) {
    if (std::bit_cast<uint64_t>(line.at(static_cast<int32_t>(i))) !=
        std::bit_cast<uint64_t>(analysis->values[i])) {
      return;
    }
  }
  analysis->is_arithmetic = true;
  analysis->step = line.step;
}

inline constexpr Codec kArithmetic = {
    .id = CodecId::kArithmetic,
    .name = "arithmetic",
    .encoded_size =
        [](const ValueAnalysis& values) {
          return values.is_arithmetic ? sizeof(ArithmeticProgression) : Codec::kNotEncodable;
        },
    .encode =
        [](const ValueAnalysis& values, uint8_t* out) {
          const ArithmeticProgression line{values.values[0], values.step};
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
