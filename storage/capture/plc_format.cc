#include "promlite/storage/capture/plc_format.h"

#include <snappy.h>

#include <array>
#include <cstddef>
#include <cstring>

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

constexpr uint32_t kReflectedPolynomial = 0x82F63B78;

using Table = std::array<std::array<uint32_t, 256>, 8>;

// kTable[k][b]: what byte b does to the checksum when k more bytes follow it.
constexpr Table MakeTable() {
  Table table{};
  for (uint32_t byte = 0; byte < 256; ++byte) {
    uint32_t crc = byte;
    for (int bit = 0; bit < 8; ++bit) {
      crc = (crc & 1) != 0 ? crc >> 1 ^ kReflectedPolynomial : crc >> 1;
    }
    table[0][byte] = crc;
  }
  for (size_t k = 1; k < table.size(); ++k) {
    for (size_t byte = 0; byte < 256; ++byte) {
      const uint32_t before = table[k - 1][byte];
      table[k][byte] = before >> 8 ^ table[0][before & 0xff];
    }
  }
  return table;
}

constexpr Table kTable = MakeTable();

}  // namespace

uint32_t Crc32c(std::string_view bytes, uint32_t crc) {
  const auto* at = reinterpret_cast<const unsigned char*>(bytes.data());
  size_t left = bytes.size();
  crc = ~crc;
  for (; left >= 8; left -= 8, at += 8) {
    uint32_t next = 0;
    for (int i = 3; i >= 0; --i) next = next << 8 | at[i];
    crc ^= next;
    crc = kTable[7][crc & 0xff] ^ kTable[6][crc >> 8 & 0xff] ^ kTable[5][crc >> 16 & 0xff] ^
          kTable[4][crc >> 24] ^ kTable[3][at[4]] ^ kTable[2][at[5]] ^ kTable[1][at[6]] ^
          kTable[0][at[7]];
  }
  for (; left > 0; --left, ++at) crc = crc >> 8 ^ kTable[0][(crc ^ *at) & 0xff];
  return ~crc;
}

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
