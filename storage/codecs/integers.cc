#include "promlite/storage/codecs/integers.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>

namespace promlite::internal {
namespace {

constexpr double kLargest = 9007199254740992.0;  // 2^53: up to here every integer is a double

}  // namespace

void FindIntegers(ValueAnalysis* analysis) {
  int64_t minimum = std::numeric_limits<int64_t>::max();
  int64_t maximum = std::numeric_limits<int64_t>::min();
  for (size_t i = 0; i < analysis->count; ++i) {
    const double value = analysis->values[i];
    // Written so that NaN fails too.
    if (!(value >= -kLargest && value <= kLargest)) return;
    const auto integer = static_cast<int64_t>(value);
    if (std::bit_cast<uint64_t>(static_cast<double>(integer)) != std::bit_cast<uint64_t>(value)) {
      return;
    }
    minimum = std::min(minimum, integer);
    maximum = std::max(maximum, integer);
  }
  analysis->is_integers = true;
  analysis->minimum = minimum;
  analysis->maximum = maximum;
}

template <typename Distance>
size_t IntegerCodec<Distance>::EncodedSize(const ValueAnalysis& values) {
  if (!values.is_integers) return Codec::kNotEncodable;
  if (values.maximum - values.minimum > std::numeric_limits<Distance>::max()) {
    return Codec::kNotEncodable;
  }
  return sizeof(int64_t) + values.count * sizeof(Distance);
}

template <typename Distance>
void IntegerCodec<Distance>::Encode(const ValueAnalysis& values, uint8_t* out) {
  const int64_t minimum = values.minimum;
  std::memcpy(out, &minimum, sizeof minimum);
  auto* distances = reinterpret_cast<Distance*>(out + sizeof minimum);
  for (size_t i = 0; i < values.count; ++i) {
    distances[i] = static_cast<Distance>(static_cast<int64_t>(values.values[i]) - minimum);
  }
}

template <typename Distance>
void IntegerCodec<Distance>::Decode(const uint8_t* encoded, size_t, size_t first, size_t wanted,
                                    double* out) {
  int64_t minimum;
  std::memcpy(&minimum, encoded, sizeof minimum);
  const auto* distances = reinterpret_cast<const Distance*>(encoded + sizeof minimum) + first;
  // Both are whole and their sum is within 2^53, so adding doubles is exact; and it vectorises.
  const auto base = static_cast<double>(minimum);
  for (size_t i = 0; i < wanted; ++i) out[i] = base + static_cast<double>(distances[i]);
}

template struct IntegerCodec<uint8_t>;
template struct IntegerCodec<uint16_t>;
template struct IntegerCodec<uint32_t>;

}  // namespace promlite::internal
