#ifndef PROMLITE_STORAGE_CAPTURE_RECORD_READER_H_
#define PROMLITE_STORAGE_CAPTURE_RECORD_READER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "promlite/storage/capture/buffered_reader.h"
#include "promlite/storage/capture/kind_detection.h"
#include "promlite/storage/openmetrics/text_format.h"

namespace promlite::internal {

// In which language a record speaks. The numbers stand in .plc files.
enum class RecordKind : uint8_t {
  kOtlpProtobuf = 1,
  kOtlpJson = 2,
  kRemoteWrite = 3,
  // An exposition comes in pieces that end where lines end, one after another: the first says which
  // text it is, which only the last line of the whole shows.
  kOpenMetricsText = 4,
  kPrometheusText = 5,
  kTextContinuation = 6,
};

inline constexpr bool IsText(RecordKind kind) { return kind >= RecordKind::kOpenMetricsText; }

struct CaptureRecord {
  RecordKind kind = RecordKind::kOtlpProtobuf;
  // The request as received. Lives until the next record is asked for.
  std::string_view payload;
  size_t number = 0;         // from 1; of text, its first line's
  uint64_t byte_offset = 0;  // where the record begins in the (decompressed) file
  int64_t received_ms = 0;   // milliseconds since the epoch; 0 = not known
};

// Takes a capture apart into records. One reader a format; the BufferedReader must outlive it.
class RecordReader {
 public:
  enum class Step {
    kRecord,
    kBad,  // `record` says where, `problem` what; reading can go on
    kEnd,
  };

  virtual ~RecordReader() = default;
  virtual Step Next(CaptureRecord* record, std::string* problem) = 0;
};

std::unique_ptr<RecordReader> LengthPrefixedReader(BufferedReader* reader);
// OTLP/JSON requests one behind the other, in whatever way: one a line, indented over many lines,
// in an array, wrapped in objects that say more, in strings. What stands between them is told.
std::unique_ptr<RecordReader> JsonDocumentsReader(BufferedReader* reader);
std::unique_ptr<RecordReader> TextPieceReader(BufferedReader* reader, TextFormat format);
// The whole file as one record.
std::unique_ptr<RecordReader> SingleBodyReader(BufferedReader* reader, RecordKind kind);
std::unique_ptr<RecordReader> PlcReader(BufferedReader* reader);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_CAPTURE_RECORD_READER_H_
