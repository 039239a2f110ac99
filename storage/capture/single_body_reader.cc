#include <utility>

#include "promlite/parser/text/absl_compat.h"
#include "promlite/storage/capture/record_reader.h"

namespace promlite::internal {
namespace {

class Reader : public RecordReader {
 public:
  Reader(BufferedReader* reader, RecordKind kind) : reader_(reader), kind_(kind) {}

  Step Next(CaptureRecord* record, std::string* problem) override {
    if (std::exchange(done_, true)) return Step::kEnd;
    record->kind = kind_;
    record->number = 1;
    record->byte_offset = 0;
    record->payload = reader_->Peek(kMaxRecordBytes + 1);
    if (!reader_->status().ok()) {
      *problem = std::string(Std(reader_->status().message()));
      return Step::kBad;
    }
    if (record->payload.size() > kMaxRecordBytes) {
      *problem = "the request is too large";
      return Step::kBad;
    }
    return Step::kRecord;
  }

 private:
  BufferedReader* const reader_;
  const RecordKind kind_;
  bool done_ = false;
};

}  // namespace

std::unique_ptr<RecordReader> SingleBodyReader(BufferedReader* reader, RecordKind kind) {
  return std::make_unique<Reader>(reader, kind);
}

}  // namespace promlite::internal
