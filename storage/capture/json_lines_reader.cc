#include <utility>

#include "promlite/parser/text/absl_compat.h"
#include "promlite/storage/capture/record_reader.h"

namespace promlite::internal {
namespace {

class Reader : public RecordReader {
 public:
  explicit Reader(BufferedReader* reader) : reader_(reader) {}

  Step Next(CaptureRecord* record, std::string* problem) override {
    for (;;) {
      if (done_) return Step::kEnd;
      reader_->Skip(std::exchange(current_, 0));
      std::string_view line = reader_->PeekLine(kMaxRecordBytes);
      record->number = ++number_;
      record->byte_offset = reader_->offset();
      const bool whole = !line.empty() && line.back() == '\n';
      if (!whole) {
        done_ = true;
        if (!reader_->status().ok() || line.size() >= kMaxRecordBytes) {
          *problem = reader_->status().ok() ? "the line is too long"
                                            : std::string(Std(reader_->status().message()));
          return Step::kBad;
        }
      }
      current_ = line.size();
      while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
      if (line.find_first_not_of(" \t") == line.npos) continue;
      record->kind = RecordKind::kOtlpJson;
      record->payload = line;
      return Step::kRecord;
    }
  }

 private:
  BufferedReader* const reader_;
  size_t current_ = 0;
  size_t number_ = 0;
  bool done_ = false;
};

}  // namespace

std::unique_ptr<RecordReader> JsonLinesReader(BufferedReader* reader) {
  return std::make_unique<Reader>(reader);
}

}  // namespace promlite::internal
