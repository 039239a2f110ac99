#ifndef PROMLITE_STORAGE_MACHINE_ZSTD_MESSAGE_H_
#define PROMLITE_STORAGE_MACHINE_ZSTD_MESSAGE_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

struct ZSTD_DCtx_s;

namespace promlite::internal {

inline constexpr std::string_view kZstdMagic("\x28\xb5\x2f\xfd", 4);

// A zstd frame may ask for a window of gigabytes; 128 MB is what the zstd program accepts.
inline constexpr int kZstdWindowLogMax = 27;

// `error` is one that a function of libzstd returned.
absl::Status ZstdDamage(size_t error);

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

#endif  // PROMLITE_STORAGE_MACHINE_ZSTD_MESSAGE_H_
