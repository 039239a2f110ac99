#ifndef PROMLITE_STORAGE_CAPTURE_PLC_FORMAT_H_
#define PROMLITE_STORAGE_CAPTURE_PLC_FORMAT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "promlite/storage/capture/record_reader.h"

namespace promlite::internal {

// A .plc file is a magic number and then blocks, each one request exactly as it was received. It is
// only ever appended to; all numbers are little-endian.
//
//   file   := magic block*
//
//   magic    0  'P' 'L' 'C' 0x1A 0x0D 0x0A 0x00      0x1A ends a terminal's output; the line break
//            7  format version (u8) = 1              shows a transfer that changed line breaks
//
//   block    0  length   u32   bytes of the payload
//            4  crc      u32   CRC-32C of the length's four bytes and of all from byte 8 on
//            8  kind     u8    RecordKind: 1 OTLP protobuf, 2 OTLP JSON, 3 remote write,
//                             4 OpenMetrics text, 5 Prometheus text, 6 more of the text before
//            9  received i64   milliseconds since the epoch; 0 = not known
//           17  payload{length}, the request in snappy's block format
//
// A file that ends within a block was torn off while it was written: what stands before is whole.
inline constexpr std::string_view kPlcMagic("PLC\x1a\r\n\0\x01", 8);
inline constexpr size_t kPlcVersionAt = 7;
inline constexpr size_t kPlcHeaderBytes = 17;

struct PlcHeader {
  uint32_t length = 0;
  uint32_t crc = 0;
  uint8_t kind = 0;
  int64_t received_ms = 0;
};

// REQUIRES: bytes.size() >= kPlcHeaderBytes.
PlcHeader ParsePlcHeader(std::string_view bytes);

// The checksum that a block with this length field and rest (kind, time, payload) must have.
uint32_t PlcChecksum(uint32_t length, std::string_view rest);

// Appends a whole block. REQUIRES: request.size() <= kMaxRecordBytes.
void AppendPlcBlock(RecordKind kind, int64_t received_ms, std::string_view request,
                    std::string* file);

// The CRC-32C (Castagnoli) of RFC 3720, appendix B.4: polynomial 0x1EDC6F41, reflected 0x82F63B78,
// beginning and ending with all bits inverted. `crc` is that of the bytes before, 0 for none.
uint32_t Crc32c(std::string_view bytes, uint32_t crc = 0);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_CAPTURE_PLC_FORMAT_H_
