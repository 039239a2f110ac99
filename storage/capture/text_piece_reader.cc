#include <algorithm>
#include <utility>

#include "promlite/parser/text/absl_compat.h"
#include "promlite/storage/capture/record_reader.h"

namespace promlite::internal {
namespace {

constexpr size_t kPieceBytes = size_t{1} << 20;
constexpr size_t kMaxLineBytes = size_t{16} << 20;

// Text in pieces of about a megabyte that end where a line ends.
class Reader : public RecordReader {
 public:
  Reader(BufferedReader* reader, TextFormat format)
      : reader_(reader),
        kind_(format == TextFormat::kOpenMetrics ? RecordKind::kOpenMetricsText
                                                 : RecordKind::kPrometheusText) {}

  Step Next(CaptureRecord* record, std::string* problem) override {
    reader_->Skip(std::exchange(current_, 0));
    record->kind = kind_;
    record->number = line_;
    record->byte_offset = reader_->offset();
    if (done_) return Step::kEnd;
    std::string_view piece = reader_->Peek(kPieceBytes);
    if (piece.size() == kPieceBytes) {
      const size_t newline = piece.rfind('\n');
      if (newline != piece.npos) {
        piece = piece.substr(0, newline + 1);
      } else {
        piece = reader_->PeekLine(kMaxLineBytes);
        if (piece.size() == kMaxLineBytes) {
          done_ = true;
          *problem = "the line is too long";
          return Step::kBad;
        }
      }
    } else if (!reader_->status().ok() && !piece.empty()) {
      // Of a damaged file the whole lines are good.
      const size_t newline = piece.rfind('\n');
      piece = piece.substr(0, newline == piece.npos ? 0 : newline + 1);
    }
    if (piece.empty()) {
      done_ = true;
      if (reader_->status().ok()) return Step::kEnd;
      *problem = std::string(Std(reader_->status().message()));
      return Step::kBad;
    }
    current_ = piece.size();
    line_ += static_cast<size_t>(std::count(piece.begin(), piece.end(), '\n'));
    record->payload = piece;
    kind_ = RecordKind::kTextContinuation;
    return Step::kRecord;
  }

 private:
  BufferedReader* const reader_;
  RecordKind kind_;
  size_t current_ = 0;
  size_t line_ = 1;
  bool done_ = false;
};

}  // namespace

std::unique_ptr<RecordReader> TextPieceReader(BufferedReader* reader, TextFormat format) {
  return std::make_unique<Reader>(reader, format);
}

}  // namespace promlite::internal
