#include "promlite/storage/capture/capture_file.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string_view>
#include <utility>

#include "promlite/storage/capture/decompress.h"
#include "promlite/storage/openmetrics/text_format.h"

namespace promlite::internal {
namespace {

// A compressed file may have been compressed again, by whoever stored or sent it.
constexpr int kMaxCompressions = 2;
// A text's last line is looked for in so many bytes at its end.
constexpr size_t kTextEndBytes = 4 << 10;

// A source whose first bytes have been read already.
class PeekedSource : public ByteSource {
 public:
  PeekedSource(std::string first, std::unique_ptr<ByteSource> rest)
      : first_(std::move(first)), rest_(std::move(rest)) {}

  absl::StatusOr<size_t> Read(char* out, size_t size) override {
    if (at_ == first_.size()) return rest_->Read(out, size);
    const size_t n = std::min(size, first_.size() - at_);
    std::memcpy(out, first_.data() + at_, n);
    at_ += n;
    return n;
  }
  std::optional<uint64_t> Remaining() const override {
    std::optional<uint64_t> remaining = rest_->Remaining();
    if (remaining.has_value()) *remaining += first_.size() - at_;
    return remaining;
  }
  uint64_t FileBytesRead() const override { return rest_->FileBytesRead(); }

 private:
  const std::string first_;
  const std::unique_ptr<ByteSource> rest_;
  size_t at_ = 0;
};

// The content of a source that may be compressed as a whole.
absl::StatusOr<std::unique_ptr<ByteSource>> Unpack(std::unique_ptr<ByteSource> source) {
  for (int compressions = 0; compressions < kMaxCompressions; ++compressions) {
    std::string first(kZstdMagic.size(), '\0');
    size_t size = 0;
    while (size < first.size()) {
      const absl::StatusOr<size_t> n = source->Read(first.data() + size, first.size() - size);
      if (!n.ok()) return n.status();
      if (*n == 0) break;
      size += *n;
    }
    first.resize(size);
    const bool gzip = first.starts_with(kGzipMagic);
    const bool zstd = first.starts_with(kZstdMagic);
    source = std::make_unique<PeekedSource>(std::move(first), std::move(source));
    if (gzip) {
      source = GunzipSource(std::move(source));
    } else if (zstd) {
      source = UnzstdSource(std::move(source));
    } else {
      break;
    }
  }
  return source;
}

absl::StatusOr<std::unique_ptr<BufferedReader>> OpenUnpacked(const std::string& path,
                                                             FileIdentity* identity) {
  absl::StatusOr<std::unique_ptr<ByteSource>> source = OpenFile(path, identity);
  if (!source.ok()) return source.status();
  source = Unpack(*std::move(source));
  if (!source.ok()) return source.status();
  return std::make_unique<BufferedReader>(*std::move(source));
}

// Which text a file holds is seen at its end: it is read through once, on its own.
absl::StatusOr<TextFormat> FormatOfTextFile(const std::string& path) {
  FileIdentity identity;
  absl::StatusOr<std::unique_ptr<BufferedReader>> reader = OpenUnpacked(path, &identity);
  if (!reader.ok()) return reader.status();
  constexpr size_t kPieceBytes = 128 << 10;
  std::string end;
  for (;;) {
    const std::string_view piece = (*reader)->Peek(kPieceBytes);
    if (piece.empty()) return FormatOfText(end);
    end += piece.substr(piece.size() - std::min(piece.size(), kTextEndBytes));
    end.erase(0, end.size() - std::min(end.size(), kTextEndBytes));
    (*reader)->Skip(piece.size());
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<CaptureFile>> CaptureFile::Open(const std::string& path) {
  std::unique_ptr<CaptureFile> file(new CaptureFile);
  absl::StatusOr<std::unique_ptr<BufferedReader>> reader = OpenUnpacked(path, &file->identity_);
  if (!reader.ok()) return reader.status();
  file->reader_ = *std::move(reader);
  const absl::StatusOr<CaptureKind> kind = DetectKind(file->reader_.get());
  if (!kind.ok()) return kind.status();
  file->kind_ = *kind;
  BufferedReader* const bytes = file->reader_.get();
  switch (*kind) {
    case CaptureKind::kPlc:
      file->records_ = PlcReader(bytes);
      break;
    case CaptureKind::kLengthPrefixed:
      file->records_ = LengthPrefixedReader(bytes);
      break;
    case CaptureKind::kJsonLines:
      file->records_ = JsonLinesReader(bytes);
      break;
    case CaptureKind::kOtlpProtobuf:
      file->records_ = SingleBodyReader(bytes, RecordKind::kOtlpProtobuf);
      break;
    case CaptureKind::kOtlpJson:
      file->records_ = SingleBodyReader(bytes, RecordKind::kOtlpJson);
      break;
    case CaptureKind::kRemoteWrite:
      file->records_ = SingleBodyReader(bytes, RecordKind::kRemoteWrite);
      break;
    case CaptureKind::kText: {
      const absl::StatusOr<TextFormat> format = FormatOfTextFile(path);
      if (!format.ok()) return format.status();
      file->records_ = TextPieceReader(bytes, *format);
      break;
    }
  }
  return file;
}

}  // namespace promlite::internal
