#include "promlite/storage/codecs/integers.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>

namespace promlite::internal {
namespace {

constexpr double kLargest = 9007199254740992.0;  // 2^53: up to here every integer is a double

// The range of the values; false if one is not an integer that can be encoded.
bool FindRange(const double* values, size_t count, int64_t* min, int64_t* max) {
  *min = std::numeric_limits<int64_t>::max();
  *max = std::numeric_limits<int64_t>::min();
  for (size_t i = 0; i < count; ++i) {
    // Written so that NaN fails too.
    if (!(values[i] >= -kLargest && values[i] <= kLargest)) return false;
    const auto integer = static_cast<int64_t>(values[i]);
    if (std::bit_cast<uint64_t>(static_cast<double>(integer)) !=
        std::bit_cast<uint64_t>(values[i])) {
      return false;
    }
    *min = std::min(*min, integer);
    *max = std::max(*max, integer);
  }
  return true;
}

template <typename Distance>
size_t EncodedSize(const double* values, size_t count) {
  int64_t min = 0;
  int64_t max = 0;
  if (!FindRange(values, count, &min, &max)) return Codec::kNotEncodable;
  if (max - min > std::numeric_limits<Distance>::max()) return Codec::kNotEncodable;
  return sizeof(int64_t) + count * sizeof(Distance);
}

template <typename Distance>
void Encode(const double* values, size_t count, uint8_t* out) {
  int64_t min = 0;
  int64_t max = 0;
  FindRange(values, count, &min, &max);
  std::memcpy(out, &min, sizeof min);
  auto* distances = reinterpret_cast<Distance*>(out + sizeof min);
  for (size_t i = 0; i < count; ++i) {
    distances[i] = static_cast<Distance>(static_cast<int64_t>(values[i]) - min);
  }
}

template <typename Distance>
void Decode(const uint8_t* encoded, size_t, size_t first, size_t wanted, double* out) {
  int64_t min;
  std::memcpy(&min, encoded, sizeof min);
  const auto* distances = reinterpret_cast<const Distance*>(encoded + sizeof min) + first;
  // Both are whole and their sum is within 2^53, so adding doubles is exact; and it vectorises.
  const auto base = static_cast<double>(min);
  for (size_t i = 0; i < wanted; ++i) out[i] = base + static_cast<double>(distances[i]);
}

template <typename Distance>
constexpr Codec MakeCodec(std::string_view name) {
  return {name, EncodedSize<Distance>, Encode<Distance>, Decode<Distance>};
}

}  // namespace

constinit const Codec kIntegers8 = MakeCodec<uint8_t>("integers8");
constinit const Codec kIntegers16 = MakeCodec<uint16_t>("integers16");
constinit const Codec kIntegers32 = MakeCodec<uint32_t>("integers32");

}  // namespace promlite::internal
