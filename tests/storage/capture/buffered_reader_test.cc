#include "promlite/storage/capture/buffered_reader.h"

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "gtest/gtest.h"

namespace promlite::internal {
namespace {

// Delivers a text in pieces of a few bytes, and an error instead of the end if told so.
class PiecewiseSource : public ByteSource {
 public:
  PiecewiseSource(std::string text, size_t piece, absl::Status end)
      : text_(std::move(text)), piece_(piece), end_(std::move(end)) {}

  absl::StatusOr<size_t> Read(char* out, size_t size) override {
    if (at_ == text_.size() && !end_.ok()) return end_;
    const size_t n = text_.copy(out, std::min(size, piece_), at_);
    at_ += n;
    return n;
  }
  uint64_t FileBytesRead() const override { return at_; }

 private:
  const std::string text_;
  const size_t piece_;
  const absl::Status end_;
  size_t at_ = 0;
};

BufferedReader Reader(std::string text, size_t piece, absl::Status end = absl::OkStatus()) {
  return BufferedReader(std::make_unique<PiecewiseSource>(std::move(text), piece, std::move(end)));
}

TEST(BufferedReader, ShowsTheSameBytes_HoweverTheyCome) {
  std::string text;
  for (int i = 0; i < 300000; ++i) text += static_cast<char>('a' + i % 23);
  for (const size_t piece : {1u, 7u, 1000u, 1000000u}) {
    BufferedReader reader = Reader(text, piece);
    size_t at = 0;
    for (size_t size = 1; at < text.size(); size = size * 3 % 70001 + 1) {
      const std::string_view bytes = reader.Peek(size);
      ASSERT_EQ(bytes, std::string_view(text).substr(at, size));
      ASSERT_EQ(reader.offset(), at);
      const size_t skipped = bytes.size() - bytes.size() / 3;
      reader.Skip(skipped);
      at += skipped;
    }
    EXPECT_TRUE(reader.Peek(1).empty());
    EXPECT_EQ(reader.Remaining(), 0u);
  }
}

TEST(BufferedReader, FindsLinesOverThePieces) {
  for (const size_t piece : {1u, 2u, 3u, 100u}) {
    BufferedReader reader = Reader("one\n\nthree\nend", piece);
    for (const std::string_view line : {"one\n", "\n", "three\n", "end", ""}) {
      EXPECT_EQ(reader.PeekLine(100), line);
      reader.Skip(line.size());
    }
  }
}

TEST(BufferedReader, GivesUpOnALineBehindTheLimit) {
  BufferedReader reader = Reader("abcdef\n", 2);
  EXPECT_EQ(reader.PeekLine(4), "abcd");
  EXPECT_EQ(reader.PeekLine(6), "abcdef");
  EXPECT_EQ(reader.PeekLine(7), "abcdef\n");
}

TEST(BufferedReader, ShowsAllBytesBeforeAnError) {
  BufferedReader reader = Reader("abc", 2, absl::DataLossError("broken"));
  EXPECT_EQ(reader.Peek(2), "ab");
  EXPECT_TRUE(reader.status().ok());
  EXPECT_EQ(reader.Peek(10), "abc");
  EXPECT_EQ(reader.status().message(), "broken");
  EXPECT_EQ(reader.Peek(10), "abc");
}

}  // namespace
}  // namespace promlite::internal
