#ifndef PROMLITE_STORAGE_OTLP_WIRE_PARSE_MESSAGE_H_
#define PROMLITE_STORAGE_OTLP_WIRE_PARSE_MESSAGE_H_

#include <cstddef>
#include <limits>
#include <string_view>

namespace promlite::internal {

// protobuf's own limit.
inline constexpr size_t kMostMessageBytes = std::numeric_limits<int>::max();

// Decodes a message with libprotobuf. False if the bytes are none, or too many.
template <typename Message>
bool ParseMessage(std::string_view bytes, Message* message) {
  return bytes.size() <= kMostMessageBytes &&
         message->ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
}

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_WIRE_PARSE_MESSAGE_H_
