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

// NotFound if there is no such file; InvalidArgument if it is a directory, a pipe or the like.
absl::StatusOr<std::unique_ptr<ByteSource>> OpenFile(const std::string& path);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_CAPTURE_BYTE_SOURCE_H_
