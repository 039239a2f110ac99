#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/storage/capture/decompress.h"
#include "promlite/storage/capture/length_prefix.h"
#include "promlite/storage/capture/record_reader.h"

namespace promlite::internal {
namespace {

// So many empty frames in a row are no capture any more.
constexpr int kMaxEmptyFrames = 1000;

// frame := length (4 bytes, big-endian) message{length}
// message := ExportMetricsServiceRequest as protobuf or JSON, or a zstd frame that holds it
class Reader : public RecordReader {
 public:
  explicit Reader(BufferedReader* reader) : reader_(reader) {}

  Step Next(CaptureRecord* record, std::string* problem) override {
    if (done_) return Step::kEnd;
    reader_->Skip(std::exchange(current_, 0));
    const std::string_view prefix = reader_->Peek(kLengthPrefixBytes);
    record->number = ++number_;
    record->byte_offset = reader_->offset();
    if (prefix.empty()) return Fail(problem, std::nullopt);
    if (prefix.size() < kLengthPrefixBytes) {
      return Fail(problem, "the file ends within a length");
    }
    const uint64_t length = ReadLengthPrefix(prefix);
    if (length == 0) {
      reader_->Skip(kLengthPrefixBytes);
      if (++empty_frames_ == kMaxEmptyFrames) done_ = true;
      *problem =
          done_ ? "too many empty messages in a row; the rest is not read" : "an empty message";
      return Step::kBad;
    }
    empty_frames_ = 0;
    const std::optional<uint64_t> remaining = reader_->Remaining();
    if (remaining.has_value() && *remaining < kLengthPrefixBytes + length) {
      return Fail(problem,
                  absl::StrCat("the file ends within a message: ", length, " bytes are announced, ",
                               *remaining - kLengthPrefixBytes, " are left"));
    }
    if (length > kMaxRecordBytes) {
      return Fail(problem, absl::StrCat("a message of ", length, " bytes is too large"));
    }
    const size_t frame = kLengthPrefixBytes + static_cast<size_t>(length);
    std::string_view message = reader_->Peek(frame);
    if (message.size() < frame) {
      return Fail(problem,
                  absl::StrCat("the file ends within a message: ", length, " bytes are announced, ",
                               message.size() - kLengthPrefixBytes, " are left"));
    }
    current_ = frame;
    message.remove_prefix(kLengthPrefixBytes);
    if (message.substr(0, kZstdMagic.size()) == kZstdMagic) {
      const absl::StatusOr<std::string_view> decompressed =
          decompressor_.Decompress(message, kMaxRecordBytes);
      if (!decompressed.ok()) {
        *problem = std::string(Std(decompressed.status().message()));
        return Step::kBad;
      }
      message = *decompressed;
    }
    record->kind =
        !message.empty() && message[0] == '{' ? RecordKind::kOtlpJson : RecordKind::kOtlpProtobuf;
    record->payload = message;
    return Step::kRecord;
  }

 private:
  // Behind this nothing can be read. An error of the source explains more than the missing bytes.
  Step Fail(std::string* problem, std::optional<std::string> why) {
    done_ = true;
    if (!reader_->status().ok()) why = std::string(Std(reader_->status().message()));
    if (!why.has_value()) return Step::kEnd;
    *problem = *std::move(why);
    return Step::kBad;
  }

  BufferedReader* const reader_;
  ZstdMessageDecompressor decompressor_;
  size_t current_ = 0;  // bytes of the frame that was handed out
  size_t number_ = 0;
  int empty_frames_ = 0;
  bool done_ = false;
};

}  // namespace

std::unique_ptr<RecordReader> LengthPrefixedReader(BufferedReader* reader) {
  return std::make_unique<Reader>(reader);
}

}  // namespace promlite::internal
