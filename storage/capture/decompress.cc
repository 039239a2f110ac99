#include "promlite/storage/capture/decompress.h"

#define ZLIB_CONST
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "promlite/storage/machine/zstd_message.h"

namespace promlite::internal {
namespace {

constexpr size_t kInputBytes = 64 << 10;
// 16 bits of window is what gzip has; the offset asks zlib for the gzip wrapper.
constexpr int kGzipWindowBits = 15 + 16;

// The input side that both decompressors share.
class DecompressingSource : public ByteSource {
 public:
  explicit DecompressingSource(std::unique_ptr<ByteSource> input)
      : input_(std::move(input)), buffer_(kInputBytes) {}
  uint64_t FileBytesRead() const override { return input_->FileBytesRead(); }

 protected:
  // False at the end of the input.
  absl::StatusOr<bool> Refill() {
    absl::StatusOr<size_t> n = input_->Read(buffer_.data(), buffer_.size());
    if (!n.ok()) return n.status();
    begin_ = 0;
    end_ = *n;
    return *n > 0;
  }

  std::unique_ptr<ByteSource> input_;
  std::vector<char> buffer_;
  size_t begin_ = 0;
  size_t end_ = 0;
};

class Gunzip : public DecompressingSource {
 public:
  explicit Gunzip(std::unique_ptr<ByteSource> input) : DecompressingSource(std::move(input)) {
    std::memset(&stream_, 0, sizeof(stream_));
    ready_ = inflateInit2(&stream_, kGzipWindowBits) == Z_OK;
  }
  ~Gunzip() override {
    if (ready_) inflateEnd(&stream_);
  }

  absl::StatusOr<size_t> Read(char* out, size_t size) override {
    if (!ready_) return absl::ResourceExhaustedError("no memory for gzip decompression");
    for (;;) {
      if (begin_ == end_) {
        absl::StatusOr<bool> more = Refill();
        if (!more.ok()) return more.status();
        if (!*more) {
          if (in_member_) return absl::DataLossError("gzip: the file ends in the middle");
          return size_t{0};
        }
      }
      if (!in_member_) {
        if (inflateReset(&stream_) != Z_OK) return absl::InternalError("gzip: cannot reset");
        in_member_ = true;
      }
      const size_t room = std::min<size_t>(size, 1 << 20);
      stream_.next_in = reinterpret_cast<const Bytef*>(buffer_.data() + begin_);
      stream_.avail_in = static_cast<uInt>(end_ - begin_);
      stream_.next_out = reinterpret_cast<Bytef*>(out);
      stream_.avail_out = static_cast<uInt>(room);
      const int result = inflate(&stream_, Z_NO_FLUSH);
      begin_ = end_ - stream_.avail_in;
      if (result == Z_STREAM_END) {
        in_member_ = false;
      } else if (result != Z_OK && result != Z_BUF_ERROR) {
        ready_ = false;
        inflateEnd(&stream_);
        return absl::DataLossError("gzip: the compressed data are damaged");
      }
      if (const size_t made = room - stream_.avail_out; made > 0) return made;
    }
  }

 private:
  z_stream stream_;
  bool ready_ = false;
  bool in_member_ = false;
};

class Unzstd : public DecompressingSource {
 public:
  explicit Unzstd(std::unique_ptr<ByteSource> input)
      : DecompressingSource(std::move(input)), stream_(ZSTD_createDCtx()) {
    if (stream_ != nullptr) {
      ZSTD_DCtx_setParameter(stream_, ZSTD_d_windowLogMax, kZstdWindowLogMax);
    }
  }
  ~Unzstd() override { ZSTD_freeDCtx(stream_); }
  Unzstd(const Unzstd&) = delete;
  Unzstd& operator=(const Unzstd&) = delete;

  absl::StatusOr<size_t> Read(char* out, size_t size) override {
    if (stream_ == nullptr) return absl::ResourceExhaustedError("no memory for zstd decompression");
    for (;;) {
      if (begin_ == end_ && !output_pending_) {
        absl::StatusOr<bool> more = Refill();
        if (!more.ok()) return more.status();
        if (!*more) {
          if (in_frame_) return absl::DataLossError("zstd: the file ends in the middle");
          return size_t{0};
        }
      }
      ZSTD_inBuffer in{buffer_.data(), end_, begin_};
      ZSTD_outBuffer made{out, size, 0};
      const size_t result = ZSTD_decompressStream(stream_, &made, &in);
      begin_ = in.pos;
      if (ZSTD_isError(result)) {
        return ZstdDamage(result);
      }
      in_frame_ = result != 0;
      output_pending_ = in_frame_ && made.pos == made.size;
      if (made.pos > 0) return made.pos;
    }
  }

 private:
  ZSTD_DCtx* const stream_;
  bool in_frame_ = false;
  bool output_pending_ = false;
};

}  // namespace

std::unique_ptr<ByteSource> GunzipSource(std::unique_ptr<ByteSource> input) {
  return std::make_unique<Gunzip>(std::move(input));
}

std::unique_ptr<ByteSource> UnzstdSource(std::unique_ptr<ByteSource> input) {
  return std::make_unique<Unzstd>(std::move(input));
}

}  // namespace promlite::internal
