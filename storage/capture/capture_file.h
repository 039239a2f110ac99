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
  // InvalidArgument or DataLoss with a sentence for the user if the content is nothing that is read
  // here. Messages do not name the file.
  static absl::StatusOr<std::unique_ptr<CaptureFile>> Open(std::shared_ptr<const InputFile> input);
  // Also what InputFile::Open() says.
  static absl::StatusOr<std::unique_ptr<CaptureFile>> Open(const std::string& path);

  CaptureKind kind() const { return kind_; }
  RecordReader::Step Next(CaptureRecord* record, std::string* problem);

  const FileIdentity& identity() const { return input_->identity(); }
  // Of the identity().size bytes of the file itself.
  uint64_t bytes_read() const { return reader_->FileBytesRead(); }

 private:
  CaptureFile() = default;

  std::shared_ptr<const InputFile> input_;
  CaptureKind kind_ = CaptureKind::kLengthPrefixed;
  std::string head_problem_;  // told before the first record
  std::unique_ptr<BufferedReader> reader_;
  std::unique_ptr<RecordReader> records_;
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_CAPTURE_CAPTURE_FILE_H_
