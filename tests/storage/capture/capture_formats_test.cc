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
    EXPECT_EQ(KindOf(CapturePath(name)), CaptureKind::kJson);
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
    EXPECT_EQ(KindOf(Write("spaced", spaced)), CaptureKind::kJson);
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
  EXPECT_EQ(KindOf(Write("body.json", stretched)), CaptureKind::kJson);
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

// What the files' events cost, request by request, each file loaded into the same database.
std::vector<double> Costs(const std::vector<std::string>& paths) {
  Database database;
  for (const std::string& path : paths) {
    const absl::Status status = database.LoadFile(path);
    EXPECT_TRUE(status.ok()) << status;
  }
  std::vector<double> costs;
  for (const ApiRequest& request : database.ApiRequests()) costs.push_back(request.cost_usd);
  return costs;
}

TEST_F(CaptureFormats, LogsOfEveryKind_AreRead) {
  const std::string path = CapturePath("claude-code-sessions.logs.binpb");
  const std::string bytes = ReadFileBytes(path);
  const std::vector<double> expected = Costs({path});
  EXPECT_EQ(expected.size(), 37u);
  EXPECT_EQ(Costs({Write("logs.gz", Gzip(bytes))}), expected);
  EXPECT_EQ(Costs({Write("logs.zst", Zstd(bytes))}), expected);
  std::string zstd_framed;
  std::vector<std::string> bodies, compressed;
  for (const std::string& message : Frames(bytes)) {
    zstd_framed += Framed(Zstd(message));
    const std::string name = "logs" + std::to_string(bodies.size());
    bodies.push_back(Write(name + ".pb", message));
    compressed.push_back(Write(name + ".pb.gz", Gzip(message)));
  }
  EXPECT_EQ(Costs({Write("logs.zstd.binpb", zstd_framed)}), expected);
  EXPECT_EQ(Costs(bodies), expected);
  EXPECT_EQ(Costs(compressed), expected);

  const std::string lines = ReadFileBytes(CapturePath("claude-code.logs.jsonl"));
  const std::vector<double> of_json = Costs({CapturePath("claude-code.logs.jsonl")});
  EXPECT_EQ(of_json.size(), 9u);
  EXPECT_EQ(Costs({Write("lines.gz", Gzip(lines))}), of_json);
  std::string framed;
  std::vector<std::string> json_bodies;
  for (const std::string& line : Lines(lines)) {
    framed += Framed(line);
    json_bodies.push_back(Write("logs" + std::to_string(json_bodies.size()) + ".json", line));
  }
  EXPECT_EQ(Costs({Write("lines.binpb", framed)}), of_json);
  EXPECT_EQ(Costs(json_bodies), of_json);
}

TEST_F(CaptureFormats, LogsBetweenMetrics_AreRead) {
  const std::string metrics = ReadFileBytes(CapturePath("claude-code-sessions.metrics.binpb"));
  const std::string logs = ReadFileBytes(CapturePath("claude-code-sessions.logs.binpb"));
  const std::string first = Framed(Frames(metrics)[0]);
  Database database;
  LoadReport report;
  EXPECT_TRUE(
      database.LoadFile(Write("mixed", first + logs + metrics.substr(first.size())), {}, &report)
          .ok());
  EXPECT_EQ(report.log_records, 111u);
  EXPECT_EQ(report.api_requests, 37u);
  EXPECT_EQ(database.ApiRequests().size(), 37u);
  EXPECT_EQ(Dump(database), Load({CapturePath("claude-code-sessions.metrics.binpb")}));
}

TEST_F(CaptureFormats, ABadLogRecord_IsAProblem_AndAllOthersAreRead) {
  const std::string bytes = ReadFileBytes(CapturePath("claude-code.logs.jsonl"));
  std::string damaged = bytes;
  const std::string cost = "\"doubleValue\":0.07212";
  ASSERT_NE(damaged.find(cost), damaged.npos);
  damaged.replace(damaged.find(cost), cost.size(), "\"doubleValue\":-1");
  Database database;
  LoadReport report;
  const std::string path = Write("damaged.jsonl", damaged);
  EXPECT_FALSE(database.LoadFile(path, {}, &report).ok());
  ASSERT_EQ(report.problems.size(), 1u);
  EXPECT_EQ(report.problems[0].ToString(),
            path +
                ": record 1 at byte 0: log record 2, an api_request: the attribute cost_usd is "
                "negative");
  EXPECT_EQ(database.ApiRequests().size(), 8u);
  EXPECT_EQ(report.api_requests, 8u);
  EXPECT_TRUE(report.warnings.empty());
}

TEST_F(CaptureFormats, LogsWithoutTimes_AreKnownByTheirAttributes) {
  // ResourceLogs{scope_logs{log_records{attributes{"event.name": "api_request"}}}}
  const std::string record =
      "\x32\x1b\x0a\x0a"
      "event.name"
      "\x12\x0d\x0a\x0b"
      "api_request";
  const std::string logs = "\x0a\x21\x12\x1f\x12\x1d" + record;
  Database database;
  EXPECT_THAT(std::string(database.LoadFile(Write("no-time.pb", logs)).message()),
              ::testing::HasSubstr("log record 1, an api_request: there is no time"));
}

TEST_F(CaptureFormats, LogsWithoutAnEventThatIsRead_GiveAWarning) {
  const std::string line =
      R"({"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"1","body":{}}]}]}]})";
  Database database;
  LoadReport report;
  const std::string path = Write("other.jsonl", line + "\n");
  EXPECT_TRUE(database.LoadFile(path, {}, &report).ok());
  EXPECT_THAT(report.warnings,
              ::testing::ElementsAre(path + ": 1 log record is passed over: none is an event "
                                            "claude_code.api_request"));
}

}  // namespace
}  // namespace promlite
