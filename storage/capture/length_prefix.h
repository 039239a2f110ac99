#ifndef PROMLITE_STORAGE_CAPTURE_LENGTH_PREFIX_H_
#define PROMLITE_STORAGE_CAPTURE_LENGTH_PREFIX_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace promlite::internal {

// The OpenTelemetry Collector's file exporter writes a message's length before it, big-endian.
inline constexpr size_t kLengthPrefixBytes = 4;

// REQUIRES: at least four bytes.
inline uint32_t ReadLengthPrefix(std::string_view bytes) {
  uint32_t length = 0;
  for (size_t i = 0; i < kLengthPrefixBytes; ++i) {
    length = length << 8 | static_cast<unsigned char>(bytes[i]);
  }
  return length;
}

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_CAPTURE_LENGTH_PREFIX_H_
