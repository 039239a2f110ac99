#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/storage/capture/length_prefix.h"
#include "promlite/storage/capture/record_reader.h"
#include "promlite/storage/machine/zstd_message.h"

namespace promlite::internal {
namespace {

// frame := length (4 bytes, big-endian) message{length}
// message := an OTLP export request as protobuf or JSON, or a zstd frame that holds it; of no bytes
//            it is a request that says nothing
class Reader : public RecordReader {
 public:
  explicit Reader(BufferedReader* reader) : reader_(reader) {}

  Step Next(CaptureRecord* record, std::string* problem) override {
    if (done_) return Step::kEnd;
    reader_->Skip(std::exchange(current_, 0));
    if (!SkipEmptyMessages(record, problem)) return Step::kBad;
    Place(record);
    const std::string_view prefix = reader_->Peek(kLengthPrefixBytes);
    if (prefix.empty()) return Fail(problem, std::nullopt);
    if (prefix.size() < kLengthPrefixBytes) {
      return Fail(problem, "the file ends within a length");
    }
    const uint64_t length = ReadLengthPrefix(prefix);
    if (std::optional<std::string> why = CannotHold(length)) {
      return GoOnBehind(*std::move(why), problem);
    }
    const size_t frame = kLengthPrefixBytes + static_cast<size_t>(length);
    if (!IsFollowed(frame)) {
      // Then the message may be torn, and the next one lie within what was taken for it.
      const uint64_t begin = reader_->offset();
      if (GoToNextFrame(1, frame)) {
        *problem =
            absl::StrCat("a torn message: ", reader_->offset() - begin, " bytes are passed over");
        return Step::kBad;
      }
    }
    current_ = frame;
    return HandOut(reader_->Peek(current_).substr(kLengthPrefixBytes), record, problem);
  }

 private:
  void Place(CaptureRecord* record) {
    record->number = ++number_;
    record->byte_offset = reader_->offset();
  }

  // False, with the problem told, if they are so many that they are none, but a hole in the file.
  bool SkipEmptyMessages(CaptureRecord* record, std::string* problem) {
    const uint64_t begin = reader_->offset();
    while (reader_->offset() - begin < kMaxEmptyMessages * kLengthPrefixBytes) {
      const std::string_view prefix = reader_->Peek(kLengthPrefixBytes);
      if (prefix.size() < kLengthPrefixBytes || ReadLengthPrefix(prefix) != 0) return true;
      reader_->Skip(kLengthPrefixBytes);
      ++number_;
    }
    number_ -= kMaxEmptyMessages;
    Place(record);
    record->byte_offset = begin;
    SkipZeros();
    *problem = absl::StrCat(reader_->offset() - begin,
                            " zero bytes, which are no messages, are passed over");
    return false;
  }

  // Leaves those that may be the beginning of a length.
  void SkipZeros() {
    constexpr size_t kPieceBytes = 64 << 10;
    for (;;) {
      const std::string_view piece = reader_->Peek(kPieceBytes);
      const size_t zeros = std::min(piece.find_first_not_of('\0'), piece.size());
      if (zeros < piece.size()) {
        reader_->Skip(zeros - std::min(zeros, kLengthPrefixBytes - 1));
        GoToNextFrame(0);
        return;
      }
      if (piece.empty()) return;
      reader_->Skip(zeros);
    }
  }

  // Why no message of that length follows.
  std::optional<std::string> CannotHold(uint64_t length) {
    const std::optional<uint64_t> remaining = reader_->Remaining();
    const auto ends = [&](uint64_t left) {
      return absl::StrCat("the file ends within a message: ", length, " bytes are announced, ",
                          left - kLengthPrefixBytes, " are left");
    };
    if (remaining.has_value() && *remaining < kLengthPrefixBytes + length) return ends(*remaining);
    if (length > kMaxRecordBytes) {
      return absl::StrCat("a message of ", length, " bytes is too large");
    }
    const size_t frame = kLengthPrefixBytes + static_cast<size_t>(length);
    const size_t there = reader_->Peek(frame).size();
    if (there < frame) return ends(there);
    return std::nullopt;
  }

  // Whether another frame, or the end, stands behind a frame of so many bytes.
  bool IsFollowed(size_t frame) {
    const std::string_view bytes = reader_->Peek(frame + kLengthPrefixBytes + 1);
    const std::string_view behind = bytes.substr(frame);
    if (behind.size() <= kLengthPrefixBytes) return true;
    return ReadLengthPrefix(behind) == 0 || MayBeMessage(behind.substr(kLengthPrefixBytes));
  }

  // A length that cannot be is a damaged one, or the file's end.
  Step GoOnBehind(std::string why, std::string* problem) {
    const uint64_t begin = reader_->offset();
    if (!GoToNextFrame(1)) return Fail(problem, std::move(why));
    *problem = absl::StrCat(why, "; ", reader_->offset() - begin, " bytes are passed over");
    return Step::kBad;
  }

  // Of those that begin so many bytes from here or later, and before `limit`.
  bool GoToNextFrame(size_t from, size_t limit = kMaxRecordBytes) {
    const std::string_view window = reader_->Peek(kMaxRecordBytes);
    const bool at_end = window.size() < kMaxRecordBytes;
    if (window.size() < from) return false;
    const std::optional<size_t> frame = search_.Find(window.substr(from), at_end);
    if (!frame.has_value() || from + *frame >= limit) return false;
    reader_->Skip(from + *frame);
    return true;
  }

  Step HandOut(std::string_view message, CaptureRecord* record, std::string* problem) {
    if (message.starts_with(kZstdMagic)) {
      const absl::StatusOr<std::string_view> decompressed =
          decompressor_.Decompress(message, kMaxRecordBytes);
      if (!decompressed.ok()) {
        *problem = std::string(Std(decompressed.status().message()));
        return Step::kBad;
      }
      message = *decompressed;
    }
    record->kind = message.starts_with('{') ? RecordKind::kOtlpJson : RecordKind::kOtlpProtobuf;
    record->payload = message;
    return Step::kRecord;
  }

  // Behind this nothing can be read. An error of the source explains more than the missing bytes.
  Step Fail(std::string* problem, std::optional<std::string> why) {
    done_ = true;
    if (!reader_->status().ok()) why = std::string(Std(reader_->status().message()));
    if (!why.has_value()) return Step::kEnd;
    *problem = *std::move(why);
    return Step::kBad;
  }

  // So many in a row are not sent.
  static constexpr size_t kMaxEmptyMessages = 1000;

  BufferedReader* const reader_;
  ZstdMessageDecompressor decompressor_;
  FrameSearch search_;
  size_t current_ = 0;  // bytes of the frame that was handed out
  size_t number_ = 0;
  bool done_ = false;
};

}  // namespace

std::unique_ptr<RecordReader> LengthPrefixedReader(BufferedReader* reader) {
  return std::make_unique<Reader>(reader);
}

}  // namespace promlite::internal
