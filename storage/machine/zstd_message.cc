#include "promlite/storage/machine/zstd_message.h"

#include <zstd.h>

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace promlite::internal {
namespace {

constexpr size_t kFirstMessageBytes = 64 << 10;

}  // namespace

absl::Status ZstdDamage(size_t error) {
  return absl::DataLossError(
      absl::StrCat("zstd: the compressed data are damaged: ", ZSTD_getErrorName(error)));
}

ZstdMessageDecompressor::ZstdMessageDecompressor() : context_(ZSTD_createDCtx()) {
  if (context_ != nullptr) {
    ZSTD_DCtx_setParameter(context_, ZSTD_d_windowLogMax, kZstdWindowLogMax);
  }
}

ZstdMessageDecompressor::~ZstdMessageDecompressor() { ZSTD_freeDCtx(context_); }

absl::StatusOr<std::string_view> ZstdMessageDecompressor::Decompress(std::string_view message,
                                                                     size_t limit) {
  if (context_ == nullptr) return absl::ResourceExhaustedError("no memory for zstd decompression");
  ZSTD_DCtx_reset(context_, ZSTD_reset_session_only);
  ZSTD_inBuffer in{message.data(), message.size(), 0};
  size_t made = 0;
  for (;;) {
    if (made == output_.size()) output_.resize(std::max(kFirstMessageBytes, 2 * made));
    ZSTD_outBuffer out{output_.data(), output_.size(), made};
    const size_t result = ZSTD_decompressStream(context_, &out, &in);
    made = out.pos;
    if (ZSTD_isError(result)) return ZstdDamage(result);
    if (made > limit) {
      return absl::InvalidArgumentError(
          absl::StrCat("the record is larger than ", limit, " bytes once decompressed"));
    }
    const bool has_room = made < output_.size();
    if (in.pos == in.size && has_room) {
      if (result != 0) return absl::DataLossError("zstd: the message ends in the middle");
      return std::string_view(output_.data(), made);
    }
  }
}

}  // namespace promlite::internal
