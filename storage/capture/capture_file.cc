#include "promlite/storage/capture/capture_file.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string_view>
#include <utility>

#include "promlite/storage/capture/decompress.h"
#include "promlite/storage/machine/zstd_message.h"
#include "promlite/storage/openmetrics/text_format.h"

namespace promlite::internal {
namespace {

// A compressed file may have been compressed again, by whoever stored or sent it.
constexpr int kMaxCompressions = 2;
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

absl::StatusOr<std::unique_ptr<BufferedReader>> ReadUnpacked(const InputFile& input) {
  absl::StatusOr<std::unique_ptr<ByteSource>> source = Unpack(input.Read());
  if (!source.ok()) return source.status();
  return std::make_unique<BufferedReader>(*std::move(source));
}

// Which text a file holds is mostly seen at its end: it is read through once, on its own.
absl::StatusOr<TextFormat> FormatOfTextFile(const InputFile& input) {
  const absl::StatusOr<std::unique_ptr<BufferedReader>> reader = ReadUnpacked(input);
  if (!reader.ok()) return reader.status();
  constexpr size_t kPieceBytes = 128 << 10;
  // So much of a piece is looked at again with the next: a line `# EOF` may lie across both.
  constexpr size_t kOverlapBytes = 16;
  for (bool is_first = true;; is_first = false) {
    const std::string_view piece = (*reader)->Peek(kPieceBytes);
    const bool is_last = piece.size() < kPieceBytes;
    // Lines that the piece cuts in two say nothing.
    std::string_view lines = is_last ? piece : piece.substr(0, piece.rfind('\n') + 1);
    if (!is_first) lines.remove_prefix(std::min(lines.size(), lines.find('\n')));
    if (FormatOfText(lines) == TextFormat::kOpenMetrics) return TextFormat::kOpenMetrics;
    if (is_last) return TextFormat::kPrometheus;
    (*reader)->Skip(piece.size() - kOverlapBytes);
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<CaptureFile>> CaptureFile::Open(const std::string& path) {
  absl::StatusOr<std::shared_ptr<const InputFile>> input = InputFile::Open(path);
  if (!input.ok()) return input.status();
  return Open(*std::move(input));
}

absl::StatusOr<std::unique_ptr<CaptureFile>> CaptureFile::Open(
    std::shared_ptr<const InputFile> input) {
  std::unique_ptr<CaptureFile> file(new CaptureFile);
  file->input_ = std::move(input);
  absl::StatusOr<std::unique_ptr<BufferedReader>> reader = ReadUnpacked(*file->input_);
  if (!reader.ok()) return reader.status();
  file->reader_ = *std::move(reader);
  const absl::StatusOr<DetectedCapture> detected = DetectCapture(file->reader_.get());
  if (!detected.ok()) return detected.status();
  file->kind_ = detected->kind;
  file->head_problem_ = detected->head_problem;
  BufferedReader* const bytes = file->reader_.get();
  switch (file->kind_) {
    case CaptureKind::kPlc:
      file->records_ = PlcReader(bytes);
      break;
    case CaptureKind::kLengthPrefixed:
      file->records_ = LengthPrefixedReader(bytes);
      break;
    case CaptureKind::kJson:
      file->records_ = JsonDocumentsReader(bytes);
      break;
    case CaptureKind::kOtlpProtobuf:
      file->records_ = SingleBodyReader(bytes, RecordKind::kOtlpProtobuf);
      break;
    case CaptureKind::kRemoteWrite:
      file->records_ = SingleBodyReader(bytes, RecordKind::kRemoteWrite);
      break;
    case CaptureKind::kText: {
      const absl::StatusOr<TextFormat> format = FormatOfTextFile(*file->input_);
      if (!format.ok()) return format.status();
      file->records_ = TextPieceReader(bytes, *format);
      break;
    }
  }
  return file;
}

RecordReader::Step CaptureFile::Next(CaptureRecord* record, std::string* problem) {
  if (head_problem_.empty()) return records_->Next(record, problem);
  record->number = 1;
  record->byte_offset = 0;
  *problem = std::exchange(head_problem_, "");
  return RecordReader::Step::kBad;
}

}  // namespace promlite::internal
