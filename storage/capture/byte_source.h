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

// The file as it is now: what is added to it later is not read. NotFound if there is no such file;
// InvalidArgument if it is a directory, a pipe or the like. Messages do not name the file.
absl::StatusOr<std::unique_ptr<ByteSource>> OpenFile(const std::string& path,
                                                     FileIdentity* identity);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_CAPTURE_BYTE_SOURCE_H_
