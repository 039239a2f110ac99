#ifndef PROMLITE_STORAGE_CAPTURE_DECOMPRESS_H_
#define PROMLITE_STORAGE_CAPTURE_DECOMPRESS_H_

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "promlite/storage/capture/byte_source.h"

namespace promlite::internal {

inline constexpr std::string_view kGzipMagic("\x1f\x8b", 2);
inline constexpr std::string_view kZstdMagic("\x28\xb5\x2f\xfd", 4);

// What `input` holds, decompressed piece by piece: one or more gzip members, or zstd frames, one
// after another. Corruption and an end in the middle are errors of Read(), after all bytes before.
std::unique_ptr<ByteSource> GunzipSource(std::unique_ptr<ByteSource> input);
std::unique_ptr<ByteSource> UnzstdSource(std::unique_ptr<ByteSource> input);

// One compressed message to `output`; more than `limit` bytes of it are an error.
absl::Status DecompressZstd(std::string_view message, size_t limit, std::string* output);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_CAPTURE_DECOMPRESS_H_
