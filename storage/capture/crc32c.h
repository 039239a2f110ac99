#ifndef PROMLITE_STORAGE_CAPTURE_CRC32C_H_
#define PROMLITE_STORAGE_CAPTURE_CRC32C_H_

#include <cstdint>
#include <string_view>

namespace promlite::internal {

// The CRC-32C (Castagnoli) of RFC 3720, appendix B.4: polynomial 0x1EDC6F41, reflected 0x82F63B78,
// beginning and ending with all bits inverted. `crc` is that of the bytes before, 0 for none.
uint32_t Crc32c(std::string_view bytes, uint32_t crc = 0);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_CAPTURE_CRC32C_H_
