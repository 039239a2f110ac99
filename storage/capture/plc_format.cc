#include "promlite/storage/capture/plc_format.h"

#include <snappy.h>

#include "promlite/storage/capture/crc32c.h"

namespace promlite::internal {
namespace {

template <typename Integer>
void PutLittleEndian(Integer value, std::string* out) {
  const auto bits = static_cast<uint64_t>(value);
  for (size_t i = 0; i < sizeof(Integer); ++i) {
    out->push_back(static_cast<char>(bits >> (8 * i) & 0xff));
  }
}

template <typename Integer>
Integer GetLittleEndian(std::string_view bytes) {
  uint64_t bits = 0;
  for (size_t i = sizeof(Integer); i-- > 0;) {
    bits = bits << 8 | static_cast<unsigned char>(bytes[i]);
  }
  return static_cast<Integer>(bits);
}

}  // namespace

PlcHeader ParsePlcHeader(std::string_view bytes) {
  PlcHeader header;
  header.length = GetLittleEndian<uint32_t>(bytes.substr(0));
  header.crc = GetLittleEndian<uint32_t>(bytes.substr(4));
  header.kind = static_cast<uint8_t>(bytes[8]);
  header.received_ms = GetLittleEndian<int64_t>(bytes.substr(9));
  return header;
}

uint32_t PlcChecksum(uint32_t length, std::string_view rest) {
  std::string prefix;
  PutLittleEndian(length, &prefix);
  return Crc32c(rest, Crc32c(prefix));
}

void AppendPlcBlock(RecordKind kind, int64_t received_ms, std::string_view request,
                    std::string* file) {
  std::string payload;
  snappy::Compress(request.data(), request.size(), &payload);
  std::string rest;
  rest.reserve(9 + payload.size());
  rest.push_back(static_cast<char>(kind));
  PutLittleEndian(received_ms, &rest);
  rest += payload;
  const auto length = static_cast<uint32_t>(payload.size());
  PutLittleEndian(length, file);
  PutLittleEndian(PlcChecksum(length, rest), file);
  *file += rest;
}

}  // namespace promlite::internal
