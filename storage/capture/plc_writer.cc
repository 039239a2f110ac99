#include "promlite/storage/capture/plc_writer.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <utility>

#include "absl/strings/str_cat.h"
#include "promlite/storage/capture/plc_format.h"

namespace promlite::internal {
namespace {

constexpr size_t kFlushBytes = 1 << 20;
// Readable and writable by all whom the process's umask lets.
constexpr mode_t kMode = 0666;

}  // namespace

absl::StatusOr<std::unique_ptr<PlcWriter>> PlcWriter::Create(std::string path) {
  std::string temporary;
  int fd = -1;
  for (int attempt = 0; fd < 0; ++attempt) {
    temporary = absl::StrCat(path, ".", getpid(), ".", attempt);
    fd = open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kMode);
    if (fd < 0 && errno != EEXIST) {
      return absl::ErrnoToStatus(errno, absl::StrCat("cannot create ", path));
    }
  }
  std::unique_ptr<PlcWriter> writer(new PlcWriter(std::move(path), std::move(temporary), fd));
  writer->buffer_ = std::string(kPlcMagic);
  return writer;
}

PlcWriter::PlcWriter(std::string path, std::string temporary, int fd)
    : path_(std::move(path)), temporary_(std::move(temporary)), fd_(fd) {}

PlcWriter::~PlcWriter() {
  if (fd_ < 0) return;
  close(fd_);
  unlink(temporary_.c_str());
}

absl::Status PlcWriter::Append(RecordKind kind, int64_t received_ms, std::string_view request) {
  if (request.size() > kMaxRecordBytes) {
    return absl::InvalidArgumentError(
        absl::StrCat("a request of ", request.size(), " bytes is too large for a .plc file"));
  }
  AppendPlcBlock(kind, received_ms, request, &buffer_);
  return buffer_.size() < kFlushBytes ? absl::OkStatus() : Flush();
}

absl::Status PlcWriter::Flush() {
  size_t written = 0;
  while (written < buffer_.size()) {
    const ssize_t n = write(fd_, buffer_.data() + written, buffer_.size() - written);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot write ", path_));
    written += static_cast<size_t>(n);
  }
  buffer_.clear();
  return absl::OkStatus();
}

absl::Status PlcWriter::Finish() {
  if (absl::Status status = Flush(); !status.ok()) return status;
  // Without fsync a crash could leave the name with nothing behind it.
  if (fsync(fd_) != 0 || rename(temporary_.c_str(), path_.c_str()) != 0) {
    return absl::ErrnoToStatus(errno, absl::StrCat("cannot write ", path_));
  }
  close(std::exchange(fd_, -1));
  return absl::OkStatus();
}

}  // namespace promlite::internal
