#ifndef PROMLITE_STORAGE_OTLP_WIRE_PROTOBUF_FIELD_H_
#define PROMLITE_STORAGE_OTLP_WIRE_PROTOBUF_FIELD_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace promlite::internal {

// Eight bytes, least significant first.
inline uint64_t LoadFixed64(const char* bytes) {
  uint64_t value = 0;
  for (int i = 7; i >= 0; --i) value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

// One field of a protobuf message, as it stands on the wire: a tag (its number and how its value is
// written), then the value. Walking the wire takes no memory, whatever the bytes claim: libprotobuf
// makes an object of fifty bytes and more for each empty message of two bytes.
struct ProtobufField {
  enum WireType : uint32_t {
    kVarint = 0,
    kFixed64 = 1,
    kLengthDelimited = 2,
    kStartGroup = 3,  // proto3 has no groups: TakeProtobufField() takes none
    kEndGroup = 4,
    kFixed32 = 5
  };

  const char* start = nullptr;  // of the tag
  uint32_t number = 0;
  uint32_t wire_type = 0;
  std::string_view bytes;  // of kLengthDelimited, kFixed64 (8 bytes), kFixed32 (4 bytes)
  uint64_t varint = 0;     // of kVarint

  bool IsBytes(uint32_t field) const { return number == field && wire_type == kLengthDelimited; }
  bool IsVarint(uint32_t field) const { return number == field && wire_type == kVarint; }
  bool IsFixed64(uint32_t field) const { return number == field && wire_type == kFixed64; }
  bool IsGroup() const { return wire_type == kStartGroup || wire_type == kEndGroup; }

  // REQUIRES: wire_type is kFixed64.
  uint64_t AsFixed64() const { return LoadFixed64(bytes.data()); }
  double AsDouble() const { return std::bit_cast<double>(AsFixed64()); }
};

inline bool TakeProtobufVarint(std::string_view* rest, uint64_t* value) {
  *value = 0;
  for (int shift = 0; shift < 64 && !rest->empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(rest->front());
    rest->remove_prefix(1);
    *value |= static_cast<uint64_t>(byte & 0x7f) << shift;
    if (byte < 0x80) return true;
  }
  return false;
}

// Takes the next field off a message. False where the message is damaged, and at its end (so ask
// rest->empty() before). The tag of a group is taken off, and then false as well: the field says
// IsGroup() and holds nothing.
inline bool TakeProtobufField(std::string_view* rest, ProtobufField* field) {
  *field = {};
  field->start = rest->data();
  uint64_t value = 0;
  if (rest->empty() || !TakeProtobufVarint(rest, &value)) return false;
  constexpr uint64_t kLargestTag = 0xffffffff;
  if (value > kLargestTag || value >> 3 == 0) return false;
  field->number = static_cast<uint32_t>(value >> 3);
  field->wire_type = static_cast<uint32_t>(value & 7);
  size_t size = 0;
  switch (field->wire_type) {
    case ProtobufField::kVarint:
      return TakeProtobufVarint(rest, &field->varint);
    case ProtobufField::kFixed64:
      size = 8;
      break;
    case ProtobufField::kFixed32:
      size = 4;
      break;
    case ProtobufField::kLengthDelimited:
      if (!TakeProtobufVarint(rest, &value) || value > rest->size()) return false;
      size = static_cast<size_t>(value);
      break;
    default:
      return false;
  }
  if (size > rest->size()) return false;
  field->bytes = rest->substr(0, size);
  rest->remove_prefix(size);
  return true;
}

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_WIRE_PROTOBUF_FIELD_H_
