#ifndef PROMLITE_STORAGE_CAPTURE_DECOMPRESS_H_
#define PROMLITE_STORAGE_CAPTURE_DECOMPRESS_H_

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "promlite/storage/capture/byte_source.h"

struct ZSTD_DCtx_s;

namespace promlite::internal {

inline constexpr std::string_view kGzipMagic("\x1f\x8b", 2);
inline constexpr std::string_view kZstdMagic("\x28\xb5\x2f\xfd", 4);

// What `input` holds, decompressed piece by piece: one or more gzip members, or zstd frames, one
// after another. Corruption and an end in the middle are errors of Read(), after all bytes before.
std::unique_ptr<ByteSource> GunzipSource(std::unique_ptr<ByteSource> input);
std::unique_ptr<ByteSource> UnzstdSource(std::unique_ptr<ByteSource> input);

// Decompresses messages that are in memory, one after another; each is one zstd frame or more.
class ZstdMessageDecompressor {
 public:
  ZstdMessageDecompressor();
  ~ZstdMessageDecompressor();
  ZstdMessageDecompressor(const ZstdMessageDecompressor&) = delete;
  ZstdMessageDecompressor& operator=(const ZstdMessageDecompressor&) = delete;

  // More than `limit` bytes of output are an error. The view lives until the next call.
  absl::StatusOr<std::string_view> Decompress(std::string_view message, size_t limit);

 private:
  ZSTD_DCtx_s* const context_;
  std::string output_;  // used again and again: its size is room, not what a message holds
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_CAPTURE_DECOMPRESS_H_
