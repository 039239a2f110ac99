#ifndef PROMLITE_STORAGE_CAPTURE_LENGTH_PREFIX_H_
#define PROMLITE_STORAGE_CAPTURE_LENGTH_PREFIX_H_

#include <cstddef>
#include <cstdint>
#include <optional>
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

// Looks for the next frame where a capture is torn or damaged: a length, so many bytes of a message
// that is one by all signs, and behind it the next frame or the end.
class FrameSearch {
 public:
  // Where in `bytes` the first frame begins. `at_end`: nothing follows behind `bytes`. Looks at so
  // much in all that damage, however made, costs no more than reading the file a few times.
  std::optional<size_t> Find(std::string_view bytes, bool at_end);

 private:
  bool IsFrame(std::string_view bytes, bool at_end);

  size_t budget_ = size_t{256} << 20;  // bytes of messages
};

// Whether a message that begins so may stand behind a length.
bool MayBeMessage(std::string_view head);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_CAPTURE_LENGTH_PREFIX_H_
