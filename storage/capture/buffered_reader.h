#ifndef PROMLITE_STORAGE_CAPTURE_BUFFERED_READER_H_
#define PROMLITE_STORAGE_CAPTURE_BUFFERED_READER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "promlite/storage/capture/byte_source.h"

namespace promlite::internal {

// Looks ahead in a source. The buffer grows with what the source really delivers, never with what
// a length in the file claims.
class BufferedReader {
 public:
  explicit BufferedReader(std::unique_ptr<ByteSource> source);

  // The next `size` bytes, fewer at the end of the source or after an error (see status()). Valid
  // until the next call of Peek().
  std::string_view Peek(size_t size);
  // The next bytes up to and with the first '\n'; without one if the source ends, or `limit` bytes
  // have none. Empty at the end.
  std::string_view PeekLine(size_t limit);
  // REQUIRES: size <= what Peek() last returned.
  void Skip(size_t size);

  // Of the byte that comes next, from the start of the source.
  uint64_t offset() const { return offset_; }
  // How many bytes come, where that is known.
  std::optional<uint64_t> Remaining() const;
  uint64_t FileBytesRead() const { return source_->FileBytesRead(); }
  // The error that ended the source before its end.
  const absl::Status& status() const { return status_; }

 private:
  // Reads once more; false at the end.
  bool Fill();
  size_t available() const { return end_ - begin_; }

  std::unique_ptr<ByteSource> source_;
  std::string buffer_;
  size_t begin_ = 0;
  size_t end_ = 0;
  uint64_t offset_ = 0;
  bool at_end_ = false;
  absl::Status status_;
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_CAPTURE_BUFFERED_READER_H_
