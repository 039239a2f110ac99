#include "promlite/storage/capture/byte_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "absl/status/status.h"

namespace promlite::internal {
namespace {

class FileSource : public ByteSource {
 public:
  FileSource(int fd, uint64_t size) : fd_(fd), size_(size) {}
  ~FileSource() override { close(fd_); }
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;

  absl::StatusOr<size_t> Read(char* out, size_t size) override {
    // A file that grows meanwhile is read as it was when it was opened.
    size = static_cast<size_t>(std::min<uint64_t>(size, size_ - read_));
    for (;;) {
      const ssize_t n = read(fd_, out, size);
      if (n >= 0) {
        read_ += static_cast<uint64_t>(n);
        return static_cast<size_t>(n);
      }
      if (errno != EINTR) return absl::ErrnoToStatus(errno, "cannot read");
    }
  }

  std::optional<uint64_t> Remaining() const override { return size_ - read_; }

  uint64_t FileBytesRead() const override { return read_; }

 private:
  const int fd_;
  const uint64_t size_;
  uint64_t read_ = 0;
};

}  // namespace

absl::StatusOr<std::unique_ptr<ByteSource>> OpenFile(const std::string& path,
                                                     FileIdentity* identity) {
  // Without O_NONBLOCK opening a pipe would wait for its writer.
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) return absl::ErrnoToStatus(errno, "cannot open");
  struct stat info;
  if (fstat(fd, &info) != 0) {
    const absl::Status status = absl::ErrnoToStatus(errno, "cannot open");
    close(fd);
    return status;
  }
  if (!S_ISREG(info.st_mode)) {
    close(fd);
    return absl::InvalidArgumentError("not a regular file");
  }
  constexpr int64_t kNanosecondsPerSecond = 1'000'000'000;
  identity->device = static_cast<uint64_t>(info.st_dev);
  identity->inode = static_cast<uint64_t>(info.st_ino);
  identity->size = static_cast<uint64_t>(info.st_size);
  identity->modified_ns = info.st_mtim.tv_sec * kNanosecondsPerSecond + info.st_mtim.tv_nsec;
  return std::unique_ptr<ByteSource>(std::make_unique<FileSource>(fd, identity->size));
}

}  // namespace promlite::internal
