// Every kind of file, from the real captures: each must give the database that its plain form
// gives.
#include <snappy.h>

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "promlite/storage/capture/capture_file.h"
#include "promlite/storage/database.h"
#include "promlite/tests/storage/capture/capture_test_support.h"
#include "promlite/tests/storage/database_dump.h"

namespace promlite {
namespace {

using internal::CaptureFile;
using internal::CaptureKind;

const char* const kMetricCaptures[] = {"claude-code-sessions.metrics.binpb",
                                       "claude-code-parallel.metrics.binpb",
                                       "otel-sdk-all-types.metrics.binpb"};
const char* const kJsonCaptures[] = {"claude-code.metrics.jsonl",
                                     "otel-sdk-all-types.metrics.jsonl"};

CaptureKind KindOf(const std::string& path) {
  const absl::StatusOr<std::unique_ptr<CaptureFile>> file = CaptureFile::Open(path);
  EXPECT_TRUE(file.ok()) << path << ": " << file.status();
  return file.ok() ? (*file)->kind() : CaptureKind::kText;
}

// What the files give together. The captures hold exponential histograms, which are reported and
// nothing else may be.
std::string Load(const std::vector<std::string>& paths) {
  Database database;
  for (const std::string& path : paths) {
    LoadReport report;
    database.LoadFile(path, {}, &report).IgnoreError();
    EXPECT_EQ(report.files, 1u) << path;
    EXPECT_GT(report.samples, 0u) << path;
    for (const LoadProblem& problem : report.problems) {
      EXPECT_THAT(problem.message, ::testing::HasSubstr("exponential histogram"))
          << problem.ToString();
    }
  }
  const std::string dump = Dump(database);
  EXPECT_FALSE(dump.empty());
  return dump;
}

class CaptureFormats : public testing::Test {
 protected:
  std::string Write(std::string_view name, std::string_view bytes) {
    return folder_.Write(name, bytes);
  }
  TemporaryFolder folder_;
};

TEST_F(CaptureFormats, LengthPrefixedProtobuf_InEveryCompression) {
  for (const char* name : kMetricCaptures) {
    SCOPED_TRACE(name);
    const std::string bytes = ReadFileBytes(CapturePath(name));
    const std::string expected = Load({CapturePath(name)});
    EXPECT_EQ(KindOf(CapturePath(name)), CaptureKind::kLengthPrefixed);
    EXPECT_EQ(Load({Write("whole.gz", Gzip(bytes))}), expected);
    EXPECT_EQ(Load({Write("whole.zst", Zstd(bytes))}), expected);
    EXPECT_EQ(Load({Write("twice.gz", Gzip(Zstd(bytes)))}), expected);
    std::string framed;
    for (const std::string& message : Frames(bytes)) framed += Framed(Zstd(message));
    EXPECT_EQ(KindOf(Write("zstd.binpb", framed)), CaptureKind::kLengthPrefixed);
    EXPECT_EQ(Load({folder_.Path("zstd.binpb")}), expected);
    // gzip and zstd files may come in several pieces, one after another.
    const size_t half = bytes.size() / 2;
    const std::string_view all = bytes;
    EXPECT_EQ(Load({Write("pieces.gz", Gzip(all.substr(0, half)) + Gzip(all.substr(half)))}),
              expected);
    EXPECT_EQ(Load({Write("pieces.zst", Zstd(all.substr(0, half)) + Zstd(all.substr(half)))}),
              expected);
  }
}

TEST_F(CaptureFormats, JsonLines_InEveryCompression) {
  for (const char* name : kJsonCaptures) {
    SCOPED_TRACE(name);
    const std::string bytes = ReadFileBytes(CapturePath(name));
    const std::string expected = Load({CapturePath(name)});
    EXPECT_EQ(KindOf(CapturePath(name)), CaptureKind::kJsonLines);
    EXPECT_EQ(Load({Write("whole.gz", Gzip(bytes))}), expected);
    EXPECT_EQ(Load({Write("whole.zst", Zstd(bytes))}), expected);
    std::string framed;
    std::string zstd_framed;
    std::string spaced = "\n";
    for (const std::string& line : Lines(bytes)) {
      framed += Framed(line);
      zstd_framed += Framed(Zstd(line));
      spaced += "  " + line + "\r\n\n";
    }
    EXPECT_EQ(Load({Write("framed", framed)}), expected);
    EXPECT_EQ(Load({Write("zstd-framed", zstd_framed)}), expected);
    EXPECT_EQ(KindOf(Write("spaced", spaced)), CaptureKind::kJsonLines);
    EXPECT_EQ(Load({folder_.Path("spaced")}), expected);
  }
}

// A dump without its times.
std::string WithoutTimes(const std::string& dump) {
  std::string out;
  for (const std::string& line : Lines(dump)) {
    if (!line.starts_with("  ")) out += line;
    if (line.starts_with("    ")) out += line.substr(line.rfind(' '));
    out += '\n';
  }
  return out;
}

// Two exporters of one process wrote these, each by its own clock.
TEST_F(CaptureFormats, JsonAndProtobufOfOneRun_GiveTheSameSeriesAndValues) {
  EXPECT_EQ(WithoutTimes(Load({CapturePath("otel-sdk-all-types.metrics.jsonl")})),
            WithoutTimes(Load({CapturePath("otel-sdk-all-types.metrics.binpb")})));
}

TEST_F(CaptureFormats, SingleBodies_AreTheCaptureInPieces) {
  for (const char* name : kMetricCaptures) {
    SCOPED_TRACE(name);
    std::vector<std::string> plain;
    std::vector<std::string> compressed;
    for (const std::string& message : Frames(ReadFileBytes(CapturePath(name)))) {
      const std::string file = std::to_string(plain.size());
      plain.push_back(Write(file + ".pb", message));
      compressed.push_back(Write(file + ".pb.gz", Gzip(message)));
      EXPECT_EQ(KindOf(plain.back()), CaptureKind::kOtlpProtobuf);
    }
    const std::string expected = Load({CapturePath(name)});
    EXPECT_EQ(Load(plain), expected);
    EXPECT_EQ(Load(compressed), expected);
  }
}

TEST_F(CaptureFormats, RawBodiesAsPosted_AreRead) {
  for (const char* name :
       {"0001.metrics.pb", "0001.metrics.pb.gz", "0002.metrics.pb", "0003.metrics.pb.gz"}) {
    EXPECT_EQ(KindOf(CapturePath(std::string("raw-bodies/") + name)), CaptureKind::kOtlpProtobuf);
  }
  EXPECT_EQ(Load({CapturePath("raw-bodies/0001.metrics.pb")}),
            Load({CapturePath("raw-bodies/0001.metrics.pb.gz")}));
}

// A pretty-printed body, as a person saves it: an object over many lines.
TEST_F(CaptureFormats, SingleJsonBody_MayStretchOverLines) {
  const std::string line = Lines(ReadFileBytes(CapturePath("claude-code.metrics.jsonl")))[0];
  std::string stretched;
  bool in_string = false;
  for (const char c : line) {
    stretched += c;
    if (c == '"') in_string = !in_string;
    if (!in_string && (c == '{' || c == '[' || c == ',')) stretched += "\n  ";
  }
  EXPECT_EQ(KindOf(Write("body.json", stretched)), CaptureKind::kOtlpJson);
  EXPECT_EQ(Load({folder_.Path("body.json")}), Load({Write("one-line.json", line)}));
  EXPECT_EQ(Load({Write("body.json.gz", Gzip(stretched))}), Load({folder_.Path("one-line.json")}));
}

TEST_F(CaptureFormats, Text_InBothLanguagesAndEveryCompression) {
  const std::string open_metrics = "# TYPE up gauge\nup{job=\"a\"} 1 1700000000.5\n# EOF\n";
  const std::string prometheus = "# TYPE up gauge\nup{job=\"a\"} 1 1700000000500\n";
  const std::string expected = Load({Write("open.txt", open_metrics)});
  EXPECT_THAT(expected, ::testing::HasSubstr("    1700000000500 "));
  EXPECT_EQ(KindOf(folder_.Path("open.txt")), CaptureKind::kText);
  EXPECT_EQ(Load({Write("prometheus.txt", prometheus)}), expected);
  EXPECT_EQ(Load({Write("open.gz", Gzip(open_metrics))}), expected);
  EXPECT_EQ(Load({Write("open.zst", Zstd(open_metrics))}), expected);
  EXPECT_EQ(Load({Write("prometheus.gz", Gzip(prometheus))}), expected);
}

// Pieces of text are a megabyte: what a TYPE line says holds beyond them.
TEST_F(CaptureFormats, Text_IsOneExpositionOverManyPieces) {
  std::string text = "# TYPE h histogram\n";
  constexpr int kLines = 60000;
  for (int i = 0; i < kLines; ++i) {
    text += "h_bucket{path=\"/a/rather/long/path\",le=\"5\"} " + std::to_string(i) + " " +
            std::to_string(1700000000 + i) + "\n";
  }
  text += "# EOF\n";
  ASSERT_GT(text.size(), size_t{3} << 20);
  Database database;
  ASSERT_TRUE(database.LoadFile(Write("long.txt", text)).ok());
  ASSERT_EQ(database.Series().size(), 1u);
  EXPECT_EQ(database.Series()[0].Get("le"), "5.0");
  EXPECT_EQ(database.Metrics()[0].samples, size_t{kLines});
  text.insert(text.find("1700050000"), "x");
  EXPECT_THAT(std::string(database.LoadFile(Write("bad.txt", text)).message()),
              ::testing::HasSubstr("bad.txt: line 50002 at byte "));
}

// WriteRequest{timeseries{labels{__name__ up} samples{value 1 timestamp 1000}}}
TEST_F(CaptureFormats, RemoteWriteBody_IsRecognised) {
  const std::string request(
      "\x0a\x1e\x0a\x0e\x0a\x08__name__\x12\x02up\x12\x0c\x09\x00\x00\x00\x00\x00\x00\xf0\x3f\x10"
      "\xe8\x07",
      32);
  std::string body;
  snappy::Compress(request.data(), request.size(), &body);
  EXPECT_EQ(KindOf(Write("body.snappy", body)), CaptureKind::kRemoteWrite);
  EXPECT_EQ(Load({folder_.Path("body.snappy")}),
            "{__name__=\"up\"}\n  0\n    1000 3ff0000000000000\nup|||\n");
  EXPECT_EQ(Load({Write("body.snappy.gz", Gzip(body))}), Load({folder_.Path("body.snappy")}));
}

TEST_F(CaptureFormats, LogsAndTraces_AreRefusedByName) {
  const auto error = [](const std::string& path) {
    Database database;
    return std::string(database.LoadFile(path).message());
  };
  for (const char* name : {"claude-code-sessions.logs.binpb", "claude-code-parallel.logs.binpb",
                           "claude-code.logs.jsonl"}) {
    EXPECT_EQ(error(CapturePath(name)), CapturePath(name) + ": holds OTLP logs, not metrics");
  }
  const std::string logs = ReadFileBytes(CapturePath("claude-code-sessions.logs.binpb"));
  const std::string body = Write("logs.pb", Frames(logs)[0]);
  EXPECT_THAT(error(body), ::testing::HasSubstr("holds OTLP logs"));
  const std::string zstd = Write("logs.zstd", Framed(Zstd(Frames(logs)[0])));
  EXPECT_THAT(error(zstd), ::testing::HasSubstr("holds OTLP logs"));
  // ResourceSpans{scope_spans{spans{trace_id name start_time_unix_nano}}}
  const std::string traces("\x0a\x13\x12\x11\x12\x0f\x0a\x01t\x2a\x01n\x39\x01\0\0\0\0\0\0\0", 21);
  EXPECT_THAT(error(Write("traces.pb", traces)), ::testing::HasSubstr("holds OTLP traces"));
  EXPECT_THAT(error(Write("traces.json", "{\"resourceSpans\":[]}\n")),
              ::testing::HasSubstr("holds OTLP traces"));
}

TEST_F(CaptureFormats, LogsBetweenMetrics_AreBadRecords) {
  const std::string metrics = ReadFileBytes(CapturePath("claude-code-sessions.metrics.binpb"));
  const std::string logs = ReadFileBytes(CapturePath("claude-code-sessions.logs.binpb"));
  const std::string first = Framed(Frames(metrics)[0]);
  const std::string mixed = first + Framed(Frames(logs)[0]) + metrics.substr(first.size());
  Database database;
  LoadReport report;
  EXPECT_FALSE(database.LoadFile(Write("mixed", mixed), {}, &report).ok());
  ASSERT_EQ(report.problems.size(), 1u);
  EXPECT_EQ(report.problems[0].number, 2u);
  EXPECT_EQ(report.problems[0].byte_offset, first.size());
  EXPECT_EQ(Dump(database), Load({CapturePath("claude-code-sessions.metrics.binpb")}));
}

}  // namespace
}  // namespace promlite
