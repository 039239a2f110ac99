#ifndef PROMLITE_STORAGE_CAPTURE_CAPTURE_FILE_H_
#define PROMLITE_STORAGE_CAPTURE_CAPTURE_FILE_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "promlite/storage/capture/buffered_reader.h"
#include "promlite/storage/capture/byte_source.h"
#include "promlite/storage/capture/kind_detection.h"
#include "promlite/storage/capture/record_reader.h"

namespace promlite::internal {

// A capture that is open: unpacked if all of it is in gzip or zstd, its kind known, about to be
// read record by record.
class CaptureFile {
 public:
  // As OpenFile(); InvalidArgument or DataLoss with a sentence for the user if the content is
  // nothing that is read here. Messages do not name the file.
  static absl::StatusOr<std::unique_ptr<CaptureFile>> Open(const std::string& path);

  CaptureKind kind() const { return kind_; }
  RecordReader::Step Next(CaptureRecord* record, std::string* problem) {
    return records_->Next(record, problem);
  }

  const FileIdentity& identity() const { return identity_; }
  // Of the identity().size bytes of the file itself.
  uint64_t bytes_read() const { return reader_->FileBytesRead(); }

 private:
  CaptureFile() = default;

  FileIdentity identity_;
  CaptureKind kind_ = CaptureKind::kLengthPrefixed;
  std::unique_ptr<BufferedReader> reader_;
  std::unique_ptr<RecordReader> records_;
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_CAPTURE_CAPTURE_FILE_H_
