#ifndef PROMLITE_STORAGE_CAPTURE_DECOMPRESS_H_
#define PROMLITE_STORAGE_CAPTURE_DECOMPRESS_H_

#include <memory>
#include <string_view>

#include "promlite/storage/capture/byte_source.h"

namespace promlite::internal {

inline constexpr std::string_view kGzipMagic("\x1f\x8b", 2);

// What `input` holds, decompressed piece by piece: one or more gzip members, or zstd frames, one
// after another. Corruption and an end in the middle are errors of Read(), after all bytes before.
std::unique_ptr<ByteSource> GunzipSource(std::unique_ptr<ByteSource> input);
std::unique_ptr<ByteSource> UnzstdSource(std::unique_ptr<ByteSource> input);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_CAPTURE_DECOMPRESS_H_
