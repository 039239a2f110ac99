#ifndef PROMLITE_STORAGE_CAPTURE_RECORD_READER_H_
#define PROMLITE_STORAGE_CAPTURE_RECORD_READER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "promlite/storage/capture/buffered_reader.h"
#include "promlite/storage/capture/kind_detection.h"

namespace promlite::internal {

// In which language a record speaks. The numbers stand in .plc files.
enum class RecordKind : uint8_t {
  kOtlpProtobuf = 1,
  kOtlpJson = 2,
  kRemoteWrite = 3,
  kText = 4,  // a whole exposition
  // Some lines of an exposition, which then comes in several records, one after another.
  kTextPiece = 0,
};

struct CaptureRecord {
  RecordKind kind = RecordKind::kOtlpProtobuf;
  // The request as received. Lives until the next record is asked for.
  std::string_view payload;
  size_t number = 0;         // from 1; of a text piece's first line
  uint64_t byte_offset = 0;  // where the record begins in the (decompressed) file
  int64_t received_ms = 0;   // milliseconds since the epoch; 0 = not known
};

// Takes a capture apart into records. One reader a format.
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
std::unique_ptr<RecordReader> JsonLinesReader(BufferedReader* reader);
std::unique_ptr<RecordReader> TextPieceReader(BufferedReader* reader);
// The whole file as one record.
std::unique_ptr<RecordReader> SingleBodyReader(BufferedReader* reader, RecordKind kind);
std::unique_ptr<RecordReader> PlcReader(BufferedReader* reader);

// The reader for a kind. `reader` must outlive it.
std::unique_ptr<RecordReader> MakeRecordReader(CaptureKind kind, BufferedReader* reader);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_CAPTURE_RECORD_READER_H_
