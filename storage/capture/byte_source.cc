#include "promlite/storage/capture/byte_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/cleanup/cleanup.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace promlite::internal {
namespace {

class FileSource : public ByteSource {
 public:
  FileSource(std::shared_ptr<const InputFile> file, int fd) : file_(std::move(file)), fd_(fd) {}

  absl::StatusOr<size_t> Read(char* out, size_t size) override {
    // A file that grows meanwhile is read as it was when it was opened.
    size = static_cast<size_t>(std::min<uint64_t>(size, *Remaining()));
    for (;;) {
      const ssize_t n = pread(fd_, out, size, static_cast<off_t>(read_));
      if (n >= 0) {
        read_ += static_cast<uint64_t>(n);
        return static_cast<size_t>(n);
      }
      if (errno != EINTR) return absl::ErrnoToStatus(errno, "cannot read");
    }
  }

  std::optional<uint64_t> Remaining() const override { return file_->identity().size - read_; }

  uint64_t FileBytesRead() const override { return read_; }

 private:
  const std::shared_ptr<const InputFile> file_;
  const int fd_;
  uint64_t read_ = 0;
};

int OpenPath(const std::string& path) {
  // Standard input may be what cannot be opened a second time.
  if (path == "/dev/stdin") return fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0);
  return open(path.c_str(), O_RDONLY | O_CLOEXEC);
}

FileIdentity IdentityOf(const struct stat& info) {
  constexpr int64_t kNanosecondsPerSecond = 1'000'000'000;
  FileIdentity identity;
  identity.device = static_cast<uint64_t>(info.st_dev);
  identity.inode = static_cast<uint64_t>(info.st_ino);
  identity.size = static_cast<uint64_t>(info.st_size);
  identity.modified_ns = info.st_mtim.tv_sec * kNanosecondsPerSecond + info.st_mtim.tv_nsec;
  return identity;
}

absl::Status WriteAll(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return absl::ErrnoToStatus(errno, "cannot write what the pipe delivers to a file");
    bytes.remove_prefix(static_cast<size_t>(n));
  }
  return absl::OkStatus();
}

// Copies all that `from` delivers.
absl::Status Copy(int from, int to) {
  std::vector<char> buffer(size_t{1} << 18);
  for (uint64_t copied = 0;;) {
    const ssize_t n = read(from, buffer.data(), buffer.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return absl::ErrnoToStatus(errno, "cannot read");
    if (n == 0) return absl::OkStatus();
    copied += static_cast<uint64_t>(n);
    if (copied > InputFile::kMostPipedBytes) {
      return absl::ResourceExhaustedError(
          absl::StrCat("a pipe that delivers more than ", InputFile::kMostPipedBytes,
                       " bytes: write them to a file and load that"));
    }
    absl::Status status = WriteAll(to, {buffer.data(), static_cast<size_t>(n)});
    if (!status.ok()) return status;
  }
}

// A file without a name that holds all that `from` delivers.
absl::StatusOr<int> CopyOf(int from) {
  std::FILE* const file = std::tmpfile();
  if (file == nullptr) return absl::ErrnoToStatus(errno, "cannot make a temporary file");
  const absl::Cleanup close_file = [file] { std::fclose(file); };
  const int fd = fcntl(fileno(file), F_DUPFD_CLOEXEC, 0);
  if (fd < 0) return absl::ErrnoToStatus(errno, "cannot make a temporary file");
  if (absl::Status status = Copy(from, fd); !status.ok()) {
    close(fd);
    return status;
  }
  return fd;
}

}  // namespace

absl::StatusOr<std::shared_ptr<const InputFile>> InputFile::Open(const std::string& path) {
  int fd = OpenPath(path);
  if (fd < 0) return absl::ErrnoToStatus(errno, "cannot open");
  absl::Cleanup close_fd = [&fd] { close(fd); };
  struct stat info;
  if (fstat(fd, &info) != 0) return absl::ErrnoToStatus(errno, "cannot open");
  const bool is_pipe = S_ISFIFO(info.st_mode) || S_ISSOCK(info.st_mode) || isatty(fd) == 1;
  if (is_pipe) {
    const absl::StatusOr<int> copy = CopyOf(fd);
    if (!copy.ok()) return copy.status();
    close(std::exchange(fd, *copy));
    if (fstat(fd, &info) != 0) return absl::ErrnoToStatus(errno, "cannot open");
  } else if (!S_ISREG(info.st_mode)) {
    return absl::InvalidArgumentError("not a regular file or a pipe");
  }
  std::move(close_fd).Cancel();
  return std::shared_ptr<const InputFile>(new InputFile(fd, IdentityOf(info), is_pipe));
}

InputFile::~InputFile() { close(fd_); }

std::unique_ptr<ByteSource> InputFile::Read() const {
  return std::make_unique<FileSource>(shared_from_this(), fd_);
}

}  // namespace promlite::internal
