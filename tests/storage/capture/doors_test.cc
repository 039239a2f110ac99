// Files as people really have them: torn at their beginning, written in other ways, mixed with
// other data. What is good is loaded, and what is not is told by name.
#include <fcntl.h>
#include <sys/stat.h>

#include <cstdint>
#include <fstream>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "promlite/storage/database.h"
#include "promlite/tests/storage/capture/capture_test_support.h"
#include "promlite/tests/storage/database_dump.h"

namespace promlite {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string Door(std::string_view name) { return "tests/data/doors/" + std::string(name); }

// ResourceSpans{scope_spans{spans{trace_id name start_time_unix_nano}}}
std::string Traces() {
  return {"\x0a\x13\x12\x11\x12\x0f\x0a\x01t\x2a\x01n\x39\x01\0\0\0\0\0\0\0", 21};
}

class Doors : public testing::Test {
 protected:
  struct Loaded {
    absl::Status status;
    LoadReport report;
    std::string dump;
    std::vector<std::string> problems() const {
      std::vector<std::string> messages;
      for (const LoadProblem& problem : report.problems) messages.push_back(problem.message);
      return messages;
    }
  };

  static Loaded Load(const std::string& path, const LoadOptions& options = {},
                     const DatabaseOptions& database_options = {}) {
    Database database(database_options);
    Loaded loaded;
    loaded.status = database.LoadFile(path, options, &loaded.report);
    loaded.dump = Dump(database);
    EXPECT_EQ(loaded.status.ok(), loaded.report.problems.empty()) << loaded.status;
    return loaded;
  }
  Loaded LoadBytes(std::string_view bytes, const LoadOptions& options = {},
                   const DatabaseOptions& database_options = {}) {
    return Load(folder_.Write("file", bytes), options, database_options);
  }
  static std::string Bytes(std::string_view name) { return ReadFileBytes(CapturePath(name)); }

  TemporaryFolder folder_;
  const std::string metrics_ = Bytes("claude-code-sessions.metrics.binpb");
  const std::string lines_ = Bytes("claude-code.metrics.jsonl");
};

TEST_F(Doors, TracesAnywhere_ArePassedOverWithOneWarningAFile) {
  const Loaded first = Load(Door("traces-first.jsonl"));
  EXPECT_TRUE(first.status.ok());
  EXPECT_EQ(first.report.samples, 4u);  // two of the counter, two of target_info
  EXPECT_THAT(first.report.warnings,
              ElementsAre(HasSubstr("1 request of OTLP traces is passed over")));

  const std::string expected = Load(CapturePath("claude-code-sessions.metrics.binpb")).dump;
  const std::string traces = Framed(Traces());
  const size_t middle = 4 + Frames(metrics_)[0].size();
  for (const std::string& bytes :
       {traces + metrics_ + traces,
        metrics_.substr(0, middle) + traces + metrics_.substr(middle) + traces}) {
    for (const std::string& file : {bytes, Gzip(bytes), Zstd(bytes)}) {
      const Loaded loaded = LoadBytes(file);
      EXPECT_TRUE(loaded.status.ok()) << loaded.status;
      EXPECT_EQ(loaded.dump, expected);
      EXPECT_THAT(loaded.report.warnings,
                  ElementsAre(HasSubstr("2 requests of OTLP traces are passed over")));
    }
  }
}

TEST_F(Doors, TracesAlone_AreNoError) {
  for (const std::string& bytes :
       {Traces(), Framed(Zstd(Traces())), std::string("{\"resourceSpans\":[]}\n")}) {
    const Loaded loaded = LoadBytes(bytes);
    EXPECT_TRUE(loaded.status.ok()) << loaded.status;
    EXPECT_THAT(loaded.report.warnings, ElementsAre(HasSubstr("traces")));
  }
}

TEST_F(Doors, RequestsOfSeveralSignals_AreTakenApart) {
  const std::string expected = LoadBytes(Frames(metrics_)[0] + Frames(metrics_)[1]).dump;
  EXPECT_EQ(LoadBytes(Traces() + Frames(metrics_)[0] + Traces() + Frames(metrics_)[1]).dump,
            expected);
  std::string line = Lines(lines_)[0];
  const std::string of_metrics = LoadBytes(line).dump;
  const std::string logs = Lines(Bytes("claude-code.logs.jsonl"))[0];
  line.pop_back();
  const Loaded both = LoadBytes(line + "," + logs.substr(1));
  EXPECT_EQ(both.dump, of_metrics);
  EXPECT_GT(both.report.log_records, 0u);
}

TEST_F(Doors, AFileThatBeginsInARecord_LosesThatRecordOnly) {
  const Loaded field = Load(Door("begins-in-a-line.jsonl"));
  EXPECT_THAT(field.problems(), ElementsAre(HasSubstr("begins within a record")));
  EXPECT_GT(field.report.samples, 0u);

  const size_t second = lines_.find('\n') + 1;
  const std::string expected_json = LoadBytes(lines_.substr(second)).dump;
  for (const size_t cut : {size_t{1}, size_t{20}, size_t{300}, second - 3}) {
    const Loaded json = LoadBytes(lines_.substr(cut));
    EXPECT_EQ(json.dump, expected_json) << cut;
    EXPECT_FALSE(json.problems().empty());
  }
  const size_t second_frame = 4 + Frames(metrics_)[0].size();
  const std::string expected = LoadBytes(metrics_.substr(second_frame)).dump;
  for (size_t cut = 1; cut < second_frame; cut += 97) {
    const Loaded frames = LoadBytes(metrics_.substr(cut));
    ASSERT_EQ(frames.dump, expected) << cut;
    ASSERT_FALSE(frames.problems().empty());
    EXPECT_EQ(LoadBytes(Gzip(metrics_.substr(cut))).dump, expected);
  }
}

TEST_F(Doors, ADamagedLength_LosesTheRecordsUpToTheNextOne) {
  const size_t second = 4 + Frames(metrics_)[0].size();
  std::string damaged = metrics_;
  damaged[second] = '\x7f';
  const Loaded loaded = LoadBytes(damaged);
  EXPECT_THAT(loaded.problems(), ElementsAre(HasSubstr("bytes are passed over")));
  const size_t third = second + 4 + Frames(metrics_)[1].size();
  EXPECT_EQ(loaded.dump, LoadBytes(metrics_.substr(0, second) + metrics_.substr(third)).dump);
}

TEST_F(Doors, AHoleInTheMiddle_LosesTheRecordsThatItTouchesOnly) {
  std::vector<std::string> frames = Frames(metrics_);
  std::string damaged, without;
  for (size_t i = 0; i < frames.size(); ++i) {
    const std::string frame = Framed(frames[i]);
    damaged += i == 2 ? frame.substr(0, frame.size() / 2) : frame;
    if (i != 2) without += frame;
  }
  const Loaded loaded = LoadBytes(damaged);
  EXPECT_THAT(loaded.problems(), ElementsAre(HasSubstr("a torn message")));
  EXPECT_TRUE(loaded.dump == LoadBytes(without).dump);
}

TEST_F(Doors, ZeroBytesAtTheHead_AreToldAndPassedOver) {
  const std::string text = "# TYPE up gauge\nup 1 1700000000\n# EOF\n";
  for (const std::string& bytes : {lines_, text, metrics_}) {
    const std::string expected = LoadBytes(bytes).dump;
    for (const size_t zeros : {size_t{1}, size_t{5}, size_t{4099}, size_t{200'000}}) {
      const Loaded loaded = LoadBytes(std::string(zeros, '\0') + bytes);
      ASSERT_EQ(loaded.dump, expected) << zeros;
      ASSERT_EQ(loaded.problems().size(), 1u) << zeros;
      EXPECT_THAT(loaded.problems()[0], HasSubstr("zero bytes"));
    }
  }
}

TEST_F(Doors, JsonDocuments_MayBeWrittenInAnyWay) {
  const Loaded pretty = Load(Door("two-pretty-documents.json"));
  EXPECT_TRUE(pretty.status.ok()) << pretty.status;
  EXPECT_EQ(pretty.report.records, 2u);

  const std::vector<std::string> lines = Lines(lines_);
  const std::string expected = LoadBytes(lines_).dump;
  std::string array = "[", indented = "[\n", joined, wrapped, in_strings;
  for (const std::string& line : lines) {
    array += (array.size() > 1 ? "," : "") + line;
    indented += (indented.size() > 2 ? ",\n" : "") + line;
    joined += line;
    wrapped += "{\"path\":\"/v1/metrics\",\"body\":" + line + "}\n";
    std::string escaped;
    for (const char c : line)
      escaped += c == '"' || c == '\\' ? std::string{'\\', c} : std::string{c};
    in_strings += "{\"log\":\"" + escaped + "\\n\",\"stream\":\"stdout\"}\n";
  }
  const std::string all_in_one = "{\"requests\":" + array + "]}";
  for (const std::string& bytes : {array + "]", indented + "\n]\n", joined, wrapped, in_strings,
                                   all_in_one, "\xef\xbb\xbf" + lines_}) {
    const Loaded loaded = LoadBytes(bytes);
    EXPECT_TRUE(loaded.status.ok()) << loaded.status << bytes.substr(0, 100);
    EXPECT_EQ(loaded.dump, expected) << bytes.substr(0, 100);
  }
}

TEST_F(Doors, AlienJsonBetweenRequests_IsTold) {
  const Loaded loaded = Load(Door("alien-line-between.jsonl"));
  EXPECT_THAT(loaded.problems(), ElementsAre(HasSubstr("holds JSON, but no OTLP metrics or logs")));
  EXPECT_EQ(loaded.report.problems[0].number, 2u);
  const std::string expected = LoadBytes(lines_).dump;
  for (const std::string_view alien : {"2026-11-30 info started\n", "{\"a\":[1,{}]}\n", "17\n"}) {
    const size_t second = lines_.find('\n') + 1;
    const Loaded mixed =
        LoadBytes(lines_.substr(0, second) + std::string(alien) + lines_.substr(second));
    EXPECT_EQ(mixed.dump, expected) << alien;
    EXPECT_EQ(mixed.problems().size(), 1u) << alien;
  }
}

TEST_F(Doors, ATornDocument_LosesNoOther) {
  const std::vector<std::string> lines = Lines(lines_);
  const std::string expected = LoadBytes(lines[1] + "\n").dump;
  for (const size_t size : {size_t{30}, size_t{400}, lines[0].size() - 2}) {
    EXPECT_EQ(LoadBytes(lines[0].substr(0, size) + "\n" + lines[1] + "\n").dump, expected) << size;
  }
  const std::string pretty = ReadFileBytes(Door("two-pretty-documents.json"));
  const size_t second = pretty.find("\n{") + 1;
  const std::string of_second = LoadBytes(pretty.substr(second)).dump;
  EXPECT_EQ(LoadBytes(pretty.substr(0, second / 2) + "\n" + pretty.substr(second)).dump, of_second);
  EXPECT_EQ(LoadBytes(pretty.substr(second / 2)).dump, of_second);
}

TEST_F(Doors, Encodings_AreReadOrNamed) {
  EXPECT_TRUE(Load(Door("bom.jsonl")).status.ok());
  EXPECT_TRUE(LoadBytes("\xef\xbb\xbf# TYPE up gauge\nup 1 1700000000\n# EOF\n").status.ok());
  std::string utf16;
  for (const char c : Lines(lines_)[0].substr(0, 100)) utf16 += std::string{c, '\0'};
  EXPECT_THAT(LoadBytes("\xff\xfe" + utf16).problems(), ElementsAre(HasSubstr("is in UTF-16")));
  EXPECT_THAT(LoadBytes(utf16).problems(), ElementsAre(HasSubstr("is in UTF-16LE")));
  EXPECT_THAT(LoadBytes(std::string("\xff\x06\0\0sNaPpY", 10) + "x").problems(),
              ElementsAre(HasSubstr("snappy's framing format")));
  EXPECT_THAT(LoadBytes('\0' + utf16).problems(), ElementsAre(HasSubstr("is in UTF-16BE")));
}

TEST_F(Doors, RemoteWrite_IsReadInEveryCompression) {
  const Loaded plain = Load(Door("remote-write-no-snappy.bin"));
  EXPECT_TRUE(plain.status.ok()) << plain.status;
  EXPECT_THAT(plain.dump, HasSubstr("c_total"));
  EXPECT_EQ(Load(Door("remote-write.zst")).dump, plain.dump);
  const std::string version_2(
      "\x22\x00\x22\x08__name__"
      "\x22\x02up\x2a\x12\x0a\x02\x01\x02\x12\x0c\x09\x00\x00\x00\x00\x00\x00\xf0\x3f"
      "\x10\xe8\x07",
      36);
  const Loaded loaded_2 = LoadBytes(version_2);
  EXPECT_TRUE(loaded_2.status.ok()) << loaded_2.status;
  EXPECT_EQ(loaded_2.dump, "{__name__=\"up\"}\n  0\n    1000 3ff0000000000000\nup|||\n");
  EXPECT_EQ(LoadBytes(Zstd(version_2)).dump, loaded_2.dump);
}

TEST_F(Doors, Text_IsReadWithNulsAndInSeveralPages) {
  EXPECT_TRUE(Load(Door("nul-in-a-label.om")).status.ok());
  EXPECT_TRUE(Load(Door("nul-in-help.om")).status.ok());
  const Loaded pages = Load(Door("two-pages.om"));
  EXPECT_TRUE(pages.status.ok()) << pages.status;
  EXPECT_EQ(pages.report.samples, 2u);
  EXPECT_THAT(Load(Door("exemplar-without-labels.om")).problems(),
              ElementsAre(HasSubstr("exemplar")));
  const Loaded dump = Load(Door("dump-at-epoch.txt"));
  EXPECT_TRUE(dump.status.ok()) << dump.status;
  EXPECT_EQ(dump.report.samples, 2u);
}

TEST_F(Doors, ATornSecondPage_LosesNothingOfTheFirst) {
  const std::string page = "# TYPE c counter\nc_total 1 1790000000\n# EOF\n";
  const Loaded loaded = LoadBytes(page + "# TYPE c counter\nc_total 2 1790000060\n");
  EXPECT_THAT(loaded.problems(), ElementsAre(HasSubstr("the text ends without `# EOF`")));
  EXPECT_EQ(loaded.report.samples, 2u);
}

TEST_F(Doors, APageWithoutTimes_HasOneProblem_AndTheTimeThatIsGiven) {
  const Loaded refused = Load(Door("page-without-times.txt"));
  ASSERT_EQ(refused.report.problems.size(), 1u);
  EXPECT_EQ(refused.report.problems[0].remedy, LoadProblem::Remedy::kScrapeTime);
  EXPECT_EQ(refused.report.problems[0].alike, 1u);

  LoadOptions given;
  given.scraped_at = absl::FromUnixSeconds(1790000000);
  const Loaded at = Load(Door("page-without-times.txt"), given);
  EXPECT_TRUE(at.status.ok()) << at.status;
  EXPECT_THAT(at.dump, HasSubstr("    1790000000000 "));

  LoadOptions modified;
  modified.scraped_when_modified = true;
  const std::string path = folder_.Write("page", ReadFileBytes(Door("page-without-times.txt")));
  const timespec times[2] = {{1780000000, 0}, {1780000000, 500'000'000}};
  ASSERT_EQ(utimensat(AT_FDCWD, path.c_str(), times, 0), 0);
  EXPECT_THAT(Load(path, modified).dump, HasSubstr("    1780000000500 "));
}

TEST_F(Doors, AGivenTime_IsSavedWithThePage) {
  Database database;
  LoadOptions given;
  given.scraped_at = absl::FromUnixSeconds(1790000000);
  ASSERT_TRUE(database.LoadFile(Door("page-without-times.txt"), given).ok());
  ASSERT_TRUE(database.Save(folder_.Path("saved.plc")).ok());
  EXPECT_EQ(Load(folder_.Path("saved.plc")).dump, Dump(database));
}

TEST_F(Doors, CreatedIsTheStart_WhereverItStands_AndAlsoWhenSaved) {
  const Loaded created = Load(Door("created.om"));
  EXPECT_THAT(created.dump, HasSubstr("{__name__=\"hits_total\"}\n  1790000000000000000\n"));
  // Far behind what it explains: in another piece.
  std::string text = "# TYPE c counter\n";
  for (int i = 0; i < 60000; ++i) {
    text += "c_total{path=\"/a/rather/long/path\"} 1 " + std::to_string(1790000000 + i) + "\n";
  }
  text += "c_created{path=\"/a/rather/long/path\"} 1780000000 1790000000\n# EOF\n";
  Database database;
  ASSERT_TRUE(database.LoadFile(folder_.Write("long.om", text)).ok());
  const std::vector<SeriesStreams> streams = database.Streams();
  ASSERT_EQ(streams.size(), 2u);
  ASSERT_EQ(streams[1].streams.size(), 1u);
  EXPECT_EQ(streams[1].streams[0].start, absl::FromUnixSeconds(1780000000));
  ASSERT_TRUE(database.Save(folder_.Path("saved.plc")).ok());
  EXPECT_EQ(Load(folder_.Path("saved.plc")).dump, Dump(database));
}

TEST_F(Doors, TimesInDoubt_NameTheWayOut) {
  const std::string text = "up 1 60000\n";
  EXPECT_EQ(LoadBytes(text).report.problems.at(0).remedy, LoadProblem::Remedy::kTimeUnit);
  DatabaseOptions insisting;
  insisting.text.time_unit = TextOptions::TimeUnit::kMilliseconds;
  EXPECT_TRUE(LoadBytes(text, {}, insisting).status.ok());
}

TEST_F(Doors, NullForANumber_IsAPointThatIsUnknown) {
  std::string line = Lines(lines_)[0];
  const size_t all = LoadBytes(line).report.samples;
  const size_t at = line.find("\"asDouble\":");
  ASSERT_NE(at, line.npos);
  const size_t end = line.find_first_of(",}", at);
  line.replace(at, end - at, "\"asDouble\":null");
  const Loaded loaded = LoadBytes(line);
  EXPECT_THAT(loaded.problems(), ElementsAre(AllOf(HasSubstr("metric \"claude_code."),
                                                   HasSubstr("1 data point is left out whose "
                                                             "asDouble is null"))));
  EXPECT_EQ(loaded.report.samples, all - 1);
}

TEST_F(Doors, ASumWithoutTemporality_IsRefusedWithAdvice) {
  EXPECT_THAT(Load(Door("temporality-missing.jsonl")).problems(),
              ElementsAre(AllOf(HasSubstr("invalid temporality and type combination for metric"),
                                HasSubstr("aggregationTemporality"))));
}

TEST_F(Doors, APipe_IsReadToItsEnd_AndCanBeSaved) {
  const std::string pipe = folder_.Path("pipe");
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  std::thread writer([&] { std::ofstream(pipe, std::ios::binary) << metrics_; });
  Database database;
  const absl::Status status = database.LoadFile(pipe);
  writer.join();
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(Dump(database), Load(CapturePath("claude-code-sessions.metrics.binpb")).dump);
  ASSERT_TRUE(database.Save(folder_.Path("saved.plc")).ok());
  EXPECT_EQ(Load(folder_.Path("saved.plc")).dump, Dump(database));
}

TEST_F(Doors, DamageOfEveryKind_TakesNoLongTime) {
  // Objects that never end, arrays that never end, strings that never end, messages in messages.
  std::vector<std::string> bytes(4);
  for (int i = 0; i < 300'000; ++i) {
    bytes[0] += "{\"resourceMetrics\":[\n";
    bytes[1] += "[{\"a\":[[[";
    bytes[2] += "{\"resourceMetrics\":\"\n";
    bytes[3] += std::string("\0\x0a\0\x0a", 4);
  }
  for (const std::string& file : bytes) EXPECT_FALSE(LoadBytes(file).status.ok());
}

}  // namespace
}  // namespace promlite
