#include "promlite/storage/capture/buffered_reader.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace promlite::internal {
namespace {

constexpr size_t kFirstBufferBytes = 256 << 10;

}  // namespace

BufferedReader::BufferedReader(std::unique_ptr<ByteSource> source) : source_(std::move(source)) {
  buffer_.resize(kFirstBufferBytes);
}

bool BufferedReader::Fill() {
  if (at_end_) return false;
  if (begin_ > 0 && end_ == buffer_.size()) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, available());
    end_ -= begin_;
    begin_ = 0;
  }
  if (end_ == buffer_.size()) buffer_.resize(2 * buffer_.size());
  absl::StatusOr<size_t> n = source_->Read(buffer_.data() + end_, buffer_.size() - end_);
  if (!n.ok() || *n == 0) {
    status_ = n.status();
    at_end_ = true;
    return false;
  }
  end_ += *n;
  return true;
}

std::string_view BufferedReader::Peek(size_t size) {
  while (available() < size && Fill()) {
  }
  return {buffer_.data() + begin_, std::min(size, available())};
}

std::string_view BufferedReader::PeekLine(size_t limit) {
  size_t searched = 0;
  for (;;) {
    const size_t until = std::min(limit, available());
    const char* from = buffer_.data() + begin_ + searched;
    if (until > searched) {
      if (const void* newline = std::memchr(from, '\n', until - searched)) {
        return {
            buffer_.data() + begin_,
            static_cast<size_t>(static_cast<const char*>(newline) - buffer_.data()) - begin_ + 1};
      }
    }
    searched = until;
    if (until == limit || !Fill()) return {buffer_.data() + begin_, until};
  }
}

void BufferedReader::Skip(size_t size) {
  begin_ += size;
  offset_ += size;
  if (begin_ == end_) begin_ = end_ = 0;
}

std::optional<uint64_t> BufferedReader::Remaining() const {
  if (at_end_) return available();
  std::optional<uint64_t> left = source_->Remaining();
  if (left.has_value()) *left += available();
  return left;
}

}  // namespace promlite::internal
