// Files that are torn, damaged, hostile or of the wrong kind: clear errors, everything good loaded,
// little memory.
#include <sys/resource.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "promlite/storage/database.h"
#include "promlite/tests/storage/capture/capture_test_support.h"
#include "promlite/tests/storage/database_dump.h"

// GCC and Clang say it in different ways.
#if defined(__SANITIZE_ADDRESS__)
#define PROMLITE_ADDRESS_SANITIZER
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define PROMLITE_ADDRESS_SANITIZER
#endif
#endif

namespace promlite {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

class MalformedCapture : public testing::Test {
 protected:
  std::string Write(std::string_view name, std::string_view bytes) {
    return folder_.Write(name, bytes);
  }
  std::string Error(std::string_view bytes) {
    Database database;
    const absl::Status status = database.LoadFile(Write("file", bytes));
    EXPECT_FALSE(status.ok());
    EXPECT_THAT(std::string(status.message()), HasSubstr(folder_.Path("file") + ": "));
    return std::string(status.message());
  }
  // How much more memory the process takes at its highest, in megabytes.
  static int64_t PeakMegabytes() {
    rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
  }
  TemporaryFolder folder_;
};

TEST_F(MalformedCapture, MissingFile_IsNotFound) {
  Database database;
  const absl::Status status = database.LoadFile(folder_.Path("none"));
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(status.message()), HasSubstr(folder_.Path("none") + ": cannot open"));
}

TEST_F(MalformedCapture, FolderAndDevice_AreNoCaptures) {
  Database database;
  for (const std::string& path : {folder_.Path(""), std::string("/dev/zero")}) {
    EXPECT_THAT(std::string(database.LoadFile(path).message()),
                HasSubstr("not a regular file or a pipe"));
  }
}

TEST_F(MalformedCapture, EmptyFile_SaysSo) {
  EXPECT_THAT(Error(""), HasSubstr("the file is empty"));
  EXPECT_THAT(Error(Gzip("")), HasSubstr("the file is empty"));
  EXPECT_THAT(Error(Zstd("")), HasSubstr("the file is empty"));
}

// Truncated at every byte: at a record's boundary a shorter capture, elsewhere one error, with all
// whole records loaded.
TEST_F(MalformedCapture, LengthPrefixed_TornAtEveryByte) {
  const std::string whole = ReadFileBytes(CapturePath("claude-code-sessions.metrics.binpb"));
  size_t first_end = 4 + Frames(whole)[0].size();
  size_t second_end = first_end + 4 + Frames(whole)[1].size();
  std::vector<std::string> expected;
  for (const size_t end : {first_end, second_end}) {
    Database database;
    EXPECT_TRUE(database.LoadFile(Write("file", whole.substr(0, end))).ok());
    expected.push_back(Dump(database));
  }
  EXPECT_NE(expected[0], expected[1]);
  for (size_t size = 1; size < second_end; ++size) {
    Database database;
    LoadReport report;
    const absl::Status status =
        database.LoadFile(Write("file", whole.substr(0, size)), {}, &report);
    ASSERT_EQ(status.ok(), size == first_end) << size << ' ' << status;
    ASSERT_EQ(Dump(database), size < first_end ? "" : expected[0]) << size;
    if (size <= first_end) continue;
    ASSERT_EQ(report.problems.size(), 1u) << size;
    EXPECT_EQ(report.problems[0].number, 2u);
    EXPECT_EQ(report.problems[0].byte_offset, first_end);
    EXPECT_THAT(report.problems[0].message, HasSubstr("the file ends within a"));
  }
}

TEST_F(MalformedCapture, CompressedFile_TornAtEveryByte) {
  const std::string capture = ReadFileBytes(CapturePath("otel-sdk-all-types.metrics.binpb"));
  const std::string plain = capture.substr(0, 4 + Frames(capture)[0].size());
  for (const std::string& whole : {Gzip(plain), Zstd(plain)}) {
    for (size_t size = 0; size < whole.size(); ++size) {
      EXPECT_FALSE(Error(whole.substr(0, size)).empty()) << size;
    }
  }
}

TEST_F(MalformedCapture, CompressedFile_TornLate_KeepsTheRecordsBefore) {
  const std::string plain = ReadFileBytes(CapturePath("claude-code-parallel.metrics.binpb"));
  for (const std::string& whole : {Gzip(plain), Zstd(plain)}) {
    Database database;
    LoadReport report;
    const absl::Status status =
        database.LoadFile(Write("file", whole.substr(0, whole.size() - 1)), {}, &report);
    EXPECT_THAT(std::string(status.message()),
                AllOf(HasSubstr("record "), HasSubstr("the file ends in the middle")));
    EXPECT_GT(report.records, 20u);
    EXPECT_FALSE(Dump(database).empty());
  }
}

TEST_F(MalformedCapture, JsonLines_TornAtManyBytes) {
  const std::vector<std::string> lines =
      Lines(ReadFileBytes(CapturePath("claude-code.metrics.jsonl")));
  const std::string first = lines[0] + "\n";
  const std::string two = first + lines[1] + "\n";
  Database expected;
  ASSERT_TRUE(expected.LoadFile(Write("file", first)).ok());
  const std::string dump = Dump(expected);
  for (size_t size = 1; size < two.size(); size += size % 7 + 1) {
    Database database;
    LoadReport report;
    const absl::Status status = database.LoadFile(Write("file", two.substr(0, size)), {}, &report);
    // A line is whole with or without its line break.
    const bool good = size == first.size() || size + 1 == first.size() || size + 1 == two.size();
    ASSERT_EQ(status.ok(), good) << size << ' ' << status;
    if (good || size < first.size()) continue;
    ASSERT_EQ(Dump(database), dump) << size;
    ASSERT_EQ(report.problems.size(), 1u);
    EXPECT_EQ(report.problems[0].number, 2u);
    EXPECT_EQ(report.problems[0].byte_offset, first.size());
  }
}

TEST_F(MalformedCapture, ZeroLengthFrames_AreRequestsThatSayNothing) {
  const std::string capture = ReadFileBytes(CapturePath("claude-code-sessions.metrics.binpb"));
  const size_t first = 4 + Frames(capture)[0].size();
  const std::string zero(4, '\0');
  Database expected;
  ASSERT_TRUE(expected.LoadFile(CapturePath("claude-code-sessions.metrics.binpb")).ok());
  for (const std::string& bytes :
       {zero + capture, capture.substr(0, first) + zero + capture.substr(first), capture + zero}) {
    Database database;
    LoadReport report;
    EXPECT_TRUE(database.LoadFile(Write("file", bytes), {}, &report).ok());
    EXPECT_EQ(Dump(database), Dump(expected));
  }
  for (const size_t count : {1u, 2u, 5u, 5000u}) {
    std::string zeros;
    for (size_t i = 0; i < count; ++i) zeros += zero;
    EXPECT_THAT(Error(zeros), HasSubstr("holds nothing but zero bytes"));
  }
}

TEST_F(MalformedCapture, DamagedRecord_IsReportedWithItsPlace_AndTheRestLoads) {
  const std::string capture = ReadFileBytes(CapturePath("claude-code-sessions.metrics.binpb"));
  const std::vector<std::string> frames = Frames(capture);
  std::string damaged;
  std::string without;
  size_t offset = 0;
  for (size_t i = 0; i < frames.size(); ++i) {
    if (i == 2) offset = damaged.size();
    damaged += Framed(i == 2 ? std::string(frames[i].size(), '\xff') : frames[i]);
    if (i != 2) without += Framed(frames[i]);
  }
  Database expected;
  ASSERT_TRUE(expected.LoadFile(Write("without", without)).ok());
  Database database;
  LoadReport report;
  const absl::Status status = database.LoadFile(Write("file", damaged), {}, &report);
  EXPECT_THAT(std::string(status.message()),
              HasSubstr("file: record 3 at byte " + std::to_string(offset) + ": "));
  EXPECT_EQ(report.problems.size(), 1u);
  EXPECT_EQ(report.records, frames.size());
  EXPECT_EQ(Dump(database), Dump(expected));
}

TEST_F(MalformedCapture, DamagedFirstRecord_DoesNotHideTheKind) {
  const std::vector<std::string> frames =
      Frames(ReadFileBytes(CapturePath("claude-code-sessions.metrics.binpb")));
  Database database;
  LoadReport report;
  EXPECT_FALSE(
      database
          .LoadFile(Write("file", Framed(std::string(50, '\xee')) + Framed(frames[1])), {}, &report)
          .ok());
  EXPECT_EQ(report.problems.size(), 1u);
  EXPECT_EQ(report.problems[0].number, 1u);
  EXPECT_GT(report.samples, 0u);
}

TEST_F(MalformedCapture, DamagedZstdMessage_IsABadRecord) {
  const std::vector<std::string> frames =
      Frames(ReadFileBytes(CapturePath("claude-code-sessions.metrics.binpb")));
  std::string broken = Zstd(frames[1]);
  broken.resize(broken.size() / 2);
  Database database;
  LoadReport report;
  const std::string bytes = Framed(Zstd(frames[0])) + Framed(broken) + Framed(Zstd(frames[2]));
  EXPECT_FALSE(database.LoadFile(Write("file", bytes), {}, &report).ok());
  ASSERT_EQ(report.problems.size(), 1u);
  EXPECT_EQ(report.problems[0].number, 2u);
  EXPECT_THAT(report.problems[0].message, HasSubstr("zstd: "));
}

TEST_F(MalformedCapture, WrongCompression_IsAnError) {
  EXPECT_THAT(Error("\x1f\x8b" + std::string(1000, 'x')), HasSubstr("gzip: "));
  EXPECT_THAT(Error("\x28\xb5\x2f\xfd" + std::string(1000, 'x')), HasSubstr("zstd: "));
  EXPECT_THAT(Error(Gzip("up 1 1700000000000\n") + "no gzip"), HasSubstr("gzip: "));
}

TEST_F(MalformedCapture, RandomBytes_GiveErrorsAndNoCrash) {
  std::mt19937_64 random(20240607);
  const std::string beginnings[] = {"",
                                    "\n",
                                    "{",
                                    std::string("\0\0\0\x10", 4),
                                    "\x1f\x8b\x08",
                                    "\x28\xb5\x2f\xfd",
                                    std::string("PLC\x1a\r\n\0\x01", 8),
                                    "# TYPE a counter\n",
                                    std::string("\0\0\1\0\n", 5),
                                    "up{a=\"",
                                    "\xff"};
  for (const std::string& beginning : beginnings) {
    for (int round = 0; round < 20; ++round) {
      std::string bytes = beginning;
      const size_t size = 1 + random() % 3000;
      for (size_t i = 0; i < size; ++i) bytes += static_cast<char>(random());
      EXPECT_FALSE(Error(bytes).empty());
    }
  }
}

TEST_F(MalformedCapture, CapturesWithFlippedBytes_DoNotCrash) {
  std::mt19937_64 random(7);
  for (const char* name : {"otel-sdk-all-types.metrics.binpb", "otel-sdk-all-types.metrics.jsonl",
                           "claude-code-delta.metrics.binpb"}) {
    const std::string good = ReadFileBytes(CapturePath(name)).substr(0, 12000);
    for (int round = 0; round < 60; ++round) {
      std::string bytes = good;
      for (int flips = 0; flips < 5; ++flips) {
        bytes[random() % bytes.size()] = static_cast<char>(random());
      }
      Database database;
      database.LoadFile(Write("file", round % 3 == 0 ? Gzip(bytes) : bytes)).IgnoreError();
      database.Metrics();
    }
  }
}

TEST_F(MalformedCapture, GigabytesOfZeros_AreRefusedAtOnce) {
  const std::string path = Write("zeros", "");
  std::filesystem::resize_file(path, size_t{1} << 30);  // a hole: no disk is needed
  const int64_t before = PeakMegabytes();
  Database database;
  EXPECT_THAT(std::string(database.LoadFile(path).message()),
              HasSubstr("holds nothing but zero bytes"));
  EXPECT_LT(PeakMegabytes() - before, 50);
}

TEST_F(MalformedCapture, Bombs_TakeLittleMemory) {
  const std::string zeros(size_t{80} << 20, '\0');
  const std::string gzip = Gzip(zeros);
  const std::string zstd = Zstd(zeros);
  // Behind a capture's beginning the zeros are read to their end: as empty messages, as one text
  // line, as a message that is too large.
  const std::string record =
      Framed(Frames(ReadFileBytes(CapturePath("claude-code-sessions.metrics.binpb")))[0]);
  const int64_t before = PeakMegabytes();
  EXPECT_THAT(Error(gzip), HasSubstr("holds nothing but zero bytes"));
  EXPECT_THAT(Error(zstd), HasSubstr("holds nothing but zero bytes"));
  EXPECT_THAT(Error(Gzip(record) + gzip), HasSubstr("zero bytes, which are no messages"));
  EXPECT_THAT(Error(Zstd(record) + zstd), HasSubstr("zero bytes, which are no messages"));
  std::string text;
  while (text.size() < 5000) text += "up 1 1700000000000\n";
  EXPECT_THAT(Error(Gzip(text) + gzip), HasSubstr("the line is too long"));
  EXPECT_THAT(Error(Gzip("{\"resourceMetrics\":[") + gzip), Not(HasSubstr("memory")));
  EXPECT_THAT(Error(Framed(zstd)), HasSubstr("larger than"));
  EXPECT_THAT(Error(record + Framed(zstd)),
              HasSubstr("record 2 at byte 3106: the record is larger"));
#ifdef PROMLITE_ADDRESS_SANITIZER
  constexpr int64_t kMostMegabytes = 2000;  // freed memory stays in quarantine
#else
  constexpr int64_t kMostMegabytes = 400;
#endif
  EXPECT_LT(PeakMegabytes() - before, kMostMegabytes);
}

#if !defined(PROMLITE_ADDRESS_SANITIZER) && !defined(__SANITIZE_THREAD__)
// Sets the process (a child) a limit of little more memory than it has.
void LimitMemory(size_t more_bytes) {
  size_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages;
  const rlim_t bytes = pages * static_cast<size_t>(sysconf(_SC_PAGESIZE)) + more_bytes;
  const rlimit limit = {bytes, bytes};
  setrlimit(RLIMIT_AS, &limit);
}

TEST_F(MalformedCapture, LackOfMemory_IsAStatus_AndTheDatabaseGoesOn) {
  const std::string path =
      Write("file", "{\"resourceMetrics\":[" + std::string(size_t{50} << 20, ' ') + "]}");
  const std::string good = CapturePath("claude-code-sessions.metrics.binpb");
  EXPECT_EXIT(
      {
        LimitMemory(size_t{30} << 20);
        Database database;
        const bool refused = absl::IsResourceExhausted(database.LoadFile(path));
        const bool loaded = database.LoadFile(good).ok() && !database.Series().empty();
        std::_Exit(refused && loaded ? 0 : refused ? 2 : 1);
      },
      testing::ExitedWithCode(0), "");
}
#endif

// Two bytes of protobuf and three of JSON make an object of a hundred bytes and more.
TEST_F(MalformedCapture, RequestsOfEmptyMessages_AreRefused) {
  constexpr size_t kMessages = size_t{20} << 20;
  const auto repeated = [](std::string_view message, size_t count) {
    std::string bytes;
    bytes.reserve(message.size() * count);
    for (size_t i = 0; i < count; ++i) bytes += message;
    return bytes;
  };
  const auto field = [](char tag, const std::string& message) {
    std::string bytes(1, tag);
    for (size_t size = message.size();;) {
      bytes += static_cast<char>((size & 0x7f) | (size >= 0x80 ? 0x80 : 0));
      if ((size >>= 7) == 0) return bytes + message;
    }
  };
  const std::string empty = std::string("\x12\0", 2);
  const int64_t before = PeakMegabytes();
  const std::string resources = repeated(std::string("\n\0", 2), kMessages);
  const std::string scopes = field('\x0a', repeated(empty, kMessages));
  const std::string metrics = field('\x0a', field('\x12', repeated(empty, kMessages)));
  const std::string points = field('\x0a', field('\x12', field('\x12', field('\x2a', resources))));
  const std::string attributes = field('\x0a', field('\x0a', resources));
  const auto expect_refused = [this](const std::string& request) {
    EXPECT_THAT(Error(Gzip(request)), HasSubstr("parts in so few bytes"));
  };
  for (const std::string& request : {resources, scopes, metrics, points, attributes}) {
    expect_refused(request);
  }
  // In the value of an attribute. Fields: `data` of a metric, `attributes` of its point.
  const auto values = [&](char data, char attributes) {
    const std::string value = field('\x12', field('\x2a', resources));
    const std::string point = field('\x0a', field(attributes, value));
    return field('\x0a', field('\x12', field('\x12', field(data, point))));
  };
  expect_refused(values('\x2a', '\x3a'));
  expect_refused(values('\x3a', '\x3a'));
  expect_refused(values('\x4a', '\x4a'));
  expect_refused(values('\x52', '\x0a'));
  expect_refused(values('\x5a', '\x3a'));
  EXPECT_THAT(Error(Gzip("{\"resourceMetrics\":[" + repeated("{},", kMessages) + "{}]}")),
              HasSubstr("parts in so few bytes"));
#ifndef PROMLITE_ADDRESS_SANITIZER
  EXPECT_LT(PeakMegabytes() - before, 700);
#else
  static_cast<void>(before);
#endif
}

TEST_F(MalformedCapture, LengthThatLies_IsAnErrorAndTakesNoMemory) {
  const int64_t before = PeakMegabytes();
  EXPECT_THAT(Error(std::string("\0\xff\xff\xff\n", 5) + "abc"),
              HasSubstr("16777215 bytes are announced, 4 are left"));
  EXPECT_THAT(Error(Gzip(std::string("\0\xff\xff\xff\n", 5) + "abc")),
              HasSubstr("16777215 bytes are announced, 4 are left"));
  EXPECT_LT(PeakMegabytes() - before, 100);
}

TEST_F(MalformedCapture, DeepNesting_IsAnError) {
  const std::string deep(1 << 20, '[');
  EXPECT_FALSE(Error("{\"resourceMetrics\":" + deep).empty());
  std::string objects =
      "{\"resourceMetrics\":[{\"resource\":{\"attributes\":[{\"key\":\"a\",\"value\":";
  for (int i = 0; i < 100000; ++i) objects += "{\"arrayValue\":{\"values\":[";
  EXPECT_FALSE(Error(objects + "\n").empty());
  // AnyValue within ArrayValue within AnyValue, 100,000 times.
  std::string nested;
  for (int i = 0; i < 3000; ++i) {
    std::string length;
    for (size_t size = nested.size();;) {
      length += static_cast<char>((size & 0x7f) | (size >= 0x80 ? 0x80 : 0));
      if ((size >>= 7) == 0) break;
    }
    nested = (i % 2 == 0 ? "\x2a" : "\x0a") + length + nested;
  }
  std::string message = nested;
  for (const char* tag : {"\x12", "\x0a", "\x0a", "\x0a"}) {
    std::string length;
    for (size_t size = message.size();;) {
      length += static_cast<char>((size & 0x7f) | (size >= 0x80 ? 0x80 : 0));
      if ((size >>= 7) == 0) break;
    }
    message = tag + length + message;
  }
  Database database;
  database.LoadFile(Write("file", Framed(message))).IgnoreError();
  database.LoadFile(Write("file", message)).IgnoreError();
}

TEST_F(MalformedCapture, ProblemsOfOneKind_AreToldOnce) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "up 1 1700000000." + std::to_string(i) + "\n";
  Database database;
  LoadReport report;
  const absl::Status status = database.LoadFile(Write("file", text), {}, &report);
  EXPECT_THAT(std::string(status.message()), AllOf(HasSubstr("file: line 1 at byte 0: "),
                                                   HasSubstr("its last line has to be `# EOF`"),
                                                   HasSubstr("(and 999 more problems)")));
  // One of the kind, and each to who asks for it.
  ASSERT_EQ(report.problems.size(), 1u);
  EXPECT_EQ(report.problems[0].alike, 999u);
  EXPECT_THAT(report.problems[0].ToString(), HasSubstr("(and 999 more lines of the kind)"));
  EXPECT_EQ(report.problems[0].remedy, LoadProblem::Remedy::kTimeUnit);
  size_t told = 0;
  LoadOptions options;
  options.on_problem = [&told](const LoadProblem&) { ++told; };
  EXPECT_FALSE(database.LoadFile(folder_.Path("file"), options).ok());
  EXPECT_EQ(told, 1000u);
}

TEST_F(MalformedCapture, KindsOfProblems_AreKeptOnlySoMany) {
  std::string text = "up 1 1700000000000\n";
  for (int i = 0; i < 200; ++i) {
    text += "# TYPE x " + std::string(1, static_cast<char>('a' + i % 26)) + "\n";
    text += "# UNIT x " + std::string(static_cast<size_t>(i), 'y') + "\n";
  }
  Database database;
  LoadReport report;
  EXPECT_FALSE(database.LoadFile(Write("file", text), {}, &report).ok());
  EXPECT_LE(report.problems.size(), LoadReport::kMostRemarks);
}

TEST_F(MalformedCapture, OpenMetricsText_TornAtEveryByte_LoadsOrSaysThatEofIsMissing) {
  const std::string whole =
      "# TYPE up gauge\nup{job=\"a\"} 1 1700000000.5\nup{job=\"a\"} 2 1700000001.5\n# EOF\n";
  for (size_t size = 1; size < whole.size() - 1; ++size) {
    Database database;
    const absl::Status status = database.LoadFile(Write("file", whole.substr(0, size)));
    // Without `# EOF` it is Prometheus text: its times are no milliseconds.
    EXPECT_EQ(Dump(database), "") << size;
    if (size > whole.find('\n', 20) + 1) {
      EXPECT_THAT(std::string(status.message()), HasSubstr("its last line has to be `# EOF`"))
          << size;
    }
  }
}

TEST_F(MalformedCapture, Prose_IsNotRecognised) {
  EXPECT_THAT(Error("Dear all,\nthis is a letter.\n"),
              AllOf(HasSubstr("not recognised"), HasSubstr("as text, line 1: ")));
  EXPECT_THAT(Error(ReadFileBytes(CapturePath("claude-code.console.txt"))),
              HasSubstr("not recognised"));
  EXPECT_THAT(Error("{\"a\":1}\n"), HasSubstr("holds JSON, but no OTLP metrics or logs"));
}

}  // namespace
}  // namespace promlite
