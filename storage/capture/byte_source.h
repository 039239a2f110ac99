#ifndef PROMLITE_STORAGE_CAPTURE_BYTE_SOURCE_H_
#define PROMLITE_STORAGE_CAPTURE_BYTE_SOURCE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"

namespace promlite::internal {

// Bytes that are read once, from first to last: a file, or what a decompressor makes of one.
class ByteSource {
 public:
  virtual ~ByteSource() = default;

  // Reads up to `size` (> 0) bytes; 0 means the end. After an error nothing more can be read.
  virtual absl::StatusOr<size_t> Read(char* out, size_t size) = 0;

  // How many bytes are still to come, where that is known without reading them.
  virtual std::optional<uint64_t> Remaining() const { return std::nullopt; }

  // How many bytes of the file itself have been read, for telling progress.
  virtual uint64_t FileBytesRead() const = 0;
};

// By what it is told that a file is still the one that was read.
struct FileIdentity {
  uint64_t device = 0;
  uint64_t inode = 0;
  uint64_t size = 0;  // bytes
  int64_t modified_ns = 0;

  friend bool operator==(const FileIdentity&, const FileIdentity&) = default;
};

// A file that is open, to be read as often as it takes. What a pipe delivers is copied first, into
// a temporary file without a name: it lasts as long as this does.
class InputFile : public std::enable_shared_from_this<InputFile> {
 public:
  // The file as it is now: what is added to it later is not read. Of a pipe, waits for its end.
  // "/dev/stdin" is standard input, whatever that is. NotFound if there is no such file;
  // InvalidArgument if it is a folder, a device or the like; ResourceExhausted if a pipe delivers
  // more than kMostPipedBytes. Messages do not name the file.
  static absl::StatusOr<std::shared_ptr<const InputFile>> Open(const std::string& path);
  ~InputFile();
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;

  static constexpr uint64_t kMostPipedBytes = uint64_t{4} << 30;

  // From the first byte on. Keeps the file open.
  std::unique_ptr<ByteSource> Read() const;

  const FileIdentity& identity() const { return identity_; }
  // It was a pipe: opening its path again would not give the same bytes.
  bool is_copy() const { return is_copy_; }

 private:
  InputFile(int fd, const FileIdentity& identity, bool is_copy)
      : fd_(fd), identity_(identity), is_copy_(is_copy) {}

  const int fd_;
  const FileIdentity identity_;
  const bool is_copy_;
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_CAPTURE_BYTE_SOURCE_H_
