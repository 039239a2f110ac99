#include <string>

#include "promlite/storage/capture/plc_format.h"
#include "promlite/tests/fuzz/load_bytes.h"
#include "promlite/tests/fuzz/targets.h"

namespace promlite::fuzz {
namespace {

constexpr size_t kChecksumAt = 4;
constexpr size_t kChecksumEnd = 8;

// The file with the checksum that each block should have: what mutates bytes never finds it.
std::string WithChecksums(std::string file) {
  for (size_t at = internal::kPlcMagic.size(); file.size() - at >= internal::kPlcHeaderBytes;) {
    const std::string_view block = std::string_view(file).substr(at);
    const internal::PlcHeader header = internal::ParsePlcHeader(block);
    const size_t size = internal::kPlcHeaderBytes + header.length;
    if (block.size() < size) break;
    uint32_t checksum =
        internal::PlcChecksum(header.length, block.substr(kChecksumEnd, size - kChecksumEnd));
    for (size_t i = kChecksumAt; i < kChecksumEnd; ++i) {
      file[at + i] = static_cast<char>(checksum);
      checksum >>= 8;
    }
    at += size;
  }
  return file;
}

}  // namespace

void FuzzPlc(std::string_view file) {
  LoadBytes(file);
  if (file.starts_with(internal::kPlcMagic)) LoadBytes(WithChecksums(std::string(file)));
}

}  // namespace promlite::fuzz
