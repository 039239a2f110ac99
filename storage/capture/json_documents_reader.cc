#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/storage/capture/record_reader.h"
#include "promlite/storage/otlp/json_requests.h"

namespace promlite::internal {
namespace {

class Reader : public RecordReader {
 public:
  explicit Reader(BufferedReader* reader) : reader_(reader) {}

  Step Next(CaptureRecord* record, std::string* problem) override {
    if (handed_out_ < wrapped_.size()) return HandOut(wrapped_[handed_out_++], record);
    reader_->Skip(std::exchange(current_, 0));
    SkipSeparators();
    record->number = ++number_;
    record->byte_offset = reader_->offset();
    const std::string_view look = reader_->Peek(1);
    if (look.empty()) return AtEnd(problem);
    if (look[0] != '{') return PassOver(JunkSize(), "no JSON", problem);
    if (const size_t line = LineWithOneRequest(); line > 0) {
      current_ = line;
      return HandOut(reader_->Peek(line), record);
    }
    return ReadObject(record, problem);
  }

 private:
  static Step HandOut(std::string_view request, CaptureRecord* record) {
    record->kind = RecordKind::kOtlpJson;
    record->payload = request;
    return Step::kRecord;
  }

  Step AtEnd(std::string* problem) {
    if (reader_->status().ok() || std::exchange(is_told_, true)) return Step::kEnd;
    *problem = std::string(Std(reader_->status().message()));
    return Step::kBad;
  }

  // What stands between the elements of an array, and a byte order mark where files were joined.
  void SkipSeparators() {
    constexpr std::string_view kSeparators = " \t\r\n,[]";
    constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
    constexpr size_t kPieceBytes = 4096;
    for (;;) {
      const std::string_view piece = reader_->Peek(kPieceBytes);
      const size_t size = std::min(piece.find_first_not_of(kSeparators), piece.size());
      if (size == 0 && !piece.starts_with(kByteOrderMark)) return;
      reader_->Skip(size > 0 ? size : kByteOrderMark.size());
    }
  }

  // The size of the line if it is one request by all signs: most are, and these are not looked
  // through here. 0: it may be more or less than one.
  size_t LineWithOneRequest() {
    const size_t size = reader_->PeekLine(kMaxRecordBytes).size();
    const std::string_view behind = reader_->Peek(size + 1).substr(size);
    std::string_view line = reader_->Peek(size);
    line = line.substr(0, line.find_last_not_of(kJsonBlanks) + 1);
    const bool is_one = BeginsAsOtlpRequest(line) && line.ends_with('}') &&
                        (behind.empty() || behind[0] == '{') &&
                        !NamesOtlpRequest(line.substr(kBehindFirstKey));
    return is_one ? line.size() : 0;
  }

  Step ReadObject(CaptureRecord* record, std::string* problem) {
    JsonScan scan;
    JsonScan::End end = JsonScan::End::kNeedMore;
    std::string_view text = reader_->Peek(kFirstPieceBytes);
    for (size_t size = kFirstPieceBytes;; text = reader_->Peek(size *= 2)) {
      end = scan.Continue(text);
      if (end != JsonScan::End::kNeedMore || text.size() < size || size >= kMaxRecordBytes) break;
    }
    if (end != JsonScan::End::kWhole) return Torn(text, scan, end, problem);
    current_ = scan.position();
    const std::string_view object = text.substr(0, current_);
    if (BeginsAsOtlpRequest(object) || IsEmptyObject(object)) return HandOut(object, record);
    wrapped_ = NamesOtlpRequest(object) ? FindJsonRequests(object) : std::vector<std::string>();
    handed_out_ = 0;
    if (!wrapped_.empty()) return HandOut(wrapped_[handed_out_++], record);
    *problem =
        "holds JSON, but no OTLP metrics or logs: there is no key \"resourceMetrics\" or "
        "\"resourceLogs\"";
    return Step::kBad;
  }

  static bool IsEmptyObject(std::string_view object) {
    return object.find_first_not_of(kJsonBlanks, 1) == object.size() - 1;
  }

  // Goes on where the next object may begin.
  Step Torn(std::string_view text, const JsonScan& scan, JsonScan::End end, std::string* problem) {
    const bool at_end = end == JsonScan::End::kNeedMore;
    size_t size = scan.position();
    // Each object that has no end was looked through to the end of what is there.
    if (at_end && scan.next_beginning() > 0 && futile_bytes_ < kMostFutileBytes) {
      futile_bytes_ += size;
      size = scan.next_beginning();
    }
    if (!reader_->status().ok() && size == text.size()) {
      *problem = std::string(Std(reader_->status().message()));
      is_told_ = true;
    } else if (at_end && text.size() >= kMaxRecordBytes) {
      *problem = "the JSON object is too long";
    } else {
      *problem = absl::StrCat("a torn JSON object: ", size, " bytes are passed over");
    }
    current_ = std::max<size_t>(size, 1);
    return Step::kBad;
  }

  // How many bytes lie before what may be the next object.
  size_t JunkSize() {
    size_t searched = 0;
    for (size_t size = kFirstPieceBytes;; size *= 2) {
      const std::string_view text = reader_->Peek(size);
      for (size_t at = text.find('{', searched); at != text.npos; at = text.find('{', at + 1)) {
        const bool begins_line = at > 0 && text[at - 1] == '\n';
        if (begins_line || BeginsAsOtlpRequest(text.substr(at, kLongestBeginning))) return at;
      }
      if (text.size() < size || size >= kMaxRecordBytes) return text.size();
      searched = size - kLongestBeginning;
    }
  }

  Step PassOver(size_t size, std::string_view what, std::string* problem) {
    current_ = size;
    *problem = number_ == 1 ? absl::StrCat("the file begins within a record, or with ", Absl(what),
                                           ": ", size, " bytes are passed over")
                            : absl::StrCat(Absl(what), ": ", size, " bytes are passed over");
    return Step::kBad;
  }

  static constexpr size_t kFirstPieceBytes = size_t{64} << 10;
  // `{"resourceMetrics"` and some blanks.
  static constexpr size_t kLongestBeginning = 64;
  static constexpr size_t kBehindFirstKey = 10;
  static constexpr size_t kMostFutileBytes = size_t{512} << 20;

  BufferedReader* const reader_;
  size_t current_ = 0;  // bytes of what was handed out or told
  size_t number_ = 0;
  std::vector<std::string> wrapped_;  // the requests of the object that was read last
  size_t handed_out_ = 0;
  size_t futile_bytes_ = 0;
  bool is_told_ = false;  // the source's error
};

}  // namespace

std::unique_ptr<RecordReader> JsonDocumentsReader(BufferedReader* reader) {
  return std::make_unique<Reader>(reader);
}

}  // namespace promlite::internal
