#include <snappy.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/storage/capture/plc_format.h"
#include "promlite/storage/capture/record_reader.h"

namespace promlite::internal {
namespace {

constexpr size_t kChecksummedHeaderAt = 8;
// A snappy copy makes at most 64 bytes of three.
constexpr size_t kMaxSnappyRatio = 32;

class Reader : public RecordReader {
 public:
  explicit Reader(BufferedReader* reader) : reader_(reader) {
    reader_->Peek(kPlcMagic.size());
    reader_->Skip(kPlcMagic.size());
  }

  Step Next(CaptureRecord* record, std::string* problem) override {
    if (done_) return Step::kEnd;
    reader_->Skip(std::exchange(current_, 0));
    record->number = ++number_;
    record->byte_offset = reader_->offset();
    const std::string_view head = reader_->Peek(kPlcHeaderBytes);
    if (head.empty() && reader_->status().ok()) {
      done_ = true;
      return Step::kEnd;
    }
    if (head.size() < kPlcHeaderBytes) return Cut("the file ends within a block", problem);
    const PlcHeader header = ParsePlcHeader(head);
    const size_t size = kPlcHeaderBytes + header.length;
    const std::optional<uint64_t> remaining = reader_->Remaining();
    if ((remaining.has_value() && *remaining < size) || header.length > MaxPayload()) {
      return Cut("the file ends within a block", problem);
    }
    const std::string_view block = reader_->Peek(size);
    if (block.size() < size) return Cut("the file ends within a block", problem);
    if (PlcChecksum(header.length, block.substr(kChecksummedHeaderAt)) != header.crc) {
      // Perhaps the length is wrong as well; if it is, what it leads to fails too.
      if (std::exchange(last_was_damaged_, true)) return Cut("the checksum is wrong", problem);
      current_ = size;
      *problem = "the checksum is wrong";
      return Step::kBad;
    }
    last_was_damaged_ = false;
    current_ = size;
    return Unpack(header, block.substr(kPlcHeaderBytes), record, problem);
  }

 private:
  static size_t MaxPayload() { return snappy::MaxCompressedLength(kMaxRecordBytes); }

  Step Cut(std::string_view why, std::string* problem) {
    done_ = true;
    if (!reader_->status().ok()) why = Std(reader_->status().message());
    *problem = absl::StrCat(Absl(why), "; all before it is kept, the rest is cut off");
    return Step::kBad;
  }

  Step Unpack(const PlcHeader& header, std::string_view payload, CaptureRecord* record,
              std::string* problem) {
    if (header.kind < static_cast<uint8_t>(RecordKind::kOtlpProtobuf) ||
        header.kind > static_cast<uint8_t>(RecordKind::kTextContinuation)) {
      *problem = absl::StrCat("a block of unknown kind ", static_cast<int>(header.kind));
      return Step::kBad;
    }
    size_t size = 0;
    if (!snappy::GetUncompressedLength(payload.data(), payload.size(), &size) ||
        size > kMaxRecordBytes || size / kMaxSnappyRatio > payload.size() ||
        !snappy::Uncompress(payload.data(), payload.size(), &request_)) {
      *problem = "the block's payload is not snappy's block format";
      return Step::kBad;
    }
    record->kind = static_cast<RecordKind>(header.kind);
    record->received_ms = header.received_ms;
    record->payload = request_;
    return Step::kRecord;
  }

  BufferedReader* const reader_;
  std::string request_;
  size_t current_ = 0;
  size_t number_ = 0;
  bool last_was_damaged_ = false;
  bool done_ = false;
};

}  // namespace

std::unique_ptr<RecordReader> PlcReader(BufferedReader* reader) {
  return std::make_unique<Reader>(reader);
}

}  // namespace promlite::internal
