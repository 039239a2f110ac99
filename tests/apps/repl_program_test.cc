// The repl as a program: what it prints where, and how it exits.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "promlite/tests/apps/run_program.h"

namespace promlite {
namespace {

// Two series of a counter and one gauge; the newest sample is at 1060 s.
constexpr const char* kMetrics =
    "# HELP http_requests Requests served.\n"
    "# TYPE http_requests counter\n"
    "http_requests_total{code=\"200\"} 1 1000\n"
    "http_requests_total{code=\"200\"} 4 1060\n"
    "http_requests_total{code=\"500\"} 0 1000\n"
    "http_requests_total{code=\"500\"} 2 1060\n"
    "# TYPE temperature gauge\n"
    "temperature{room=\"a\"} 20.5 1000\n"
    "temperature{room=\"a\"} 21.5 1060\n"
    "# EOF\n";

constexpr const char* kSessions = "tests/data/captures/claude-code-sessions.metrics.binpb";
constexpr const char* kParallel = "tests/data/captures/claude-code-parallel.metrics.binpb";

class ReplProgramTest : public testing::Test {
 protected:
  void SetUp() override {
    const testing::TestInfo* info = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::filesystem::path(testing::TempDir()) /
              (std::string("repl_program_test.") + info->name() + "." + std::to_string(getpid()));
    std::filesystem::create_directories(folder_);
    metrics_ = Write("metrics.om", kMetrics);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string Write(const std::string& name, const std::string& content) const {
    const std::string path = (folder_ / name).string();
    std::ofstream(path, std::ios::binary) << content;
    return path;
  }

  static ProgramResult Repl(const std::vector<std::string>& arguments,
                            const std::string& input = "") {
    return RunProgramToEnd(REPL_PROGRAM, arguments, input);
  }

  std::filesystem::path folder_;
  std::string metrics_;
};

// The capture holds 30 points of delta temporality, in four requests, by protoc --decode.
TEST_F(ReplProgramTest, SaysWhatBecameOfDeltas_InALineAFile_InTheListOfMetrics_AndInJson) {
  const std::string capture = "tests/data/captures/claude-code-delta.metrics.binpb";
  const ProgramResult twice = Repl({capture, capture, "-c", "\\metrics commit"});
  EXPECT_EQ(twice.exit_code, 0);
  EXPECT_NE(twice.err.find("30 data points of delta temporality sent again"), std::string::npos)
      << twice.err;
  EXPECT_TRUE(twice.out.ends_with(
      "\ndata points of delta temporality: 0 refused, 0 dropped, 30 sent again\n"))
      << twice.out;
  const ProgramResult once = Repl({capture, "-c", "\\metrics commit"});
  EXPECT_EQ(once.out.find("delta temporality"), std::string::npos) << once.out;
  const ProgramResult refused =
      Repl({capture, "--otlp", "delta=refuse", "-o", "json", "-c", "\\metrics"});
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_EQ(refused.out,
            "{\"status\":\"success\",\"data\":{\"metrics\":[],\"deltas\":"
            "{\"refused\":30,\"dropped\":0,\"repeated\":0}}}\n");
}

TEST_F(ReplProgramTest, JsonIsTheBodyOfTheHttpApi) {
  const ProgramResult result =
      Repl({metrics_, "-o", "json", "-c", "sum(http_requests_total)", "-c", "temperature", "-c",
            "sum(temperature) * 2", "-c", "1.5", "-c", "temperature[2m]", "-c", "nosuch"});
  EXPECT_EQ(result.err, "");
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(
      result.out,
      "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},"
      "\"value\":[1060,\"6\"]}]}}\n"
      "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{\"__"
      "name__\":\"temperature\",\"room\":\"a\"},\"value\":[1060,\"21.5\"]}]}}\n"
      "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},"
      "\"value\":[1060,\"43\"]}]}}\n"
      "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1060,\"1.5\"]}}\n"
      "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[{\"metric\":{\"__"
      "name__\":\"temperature\",\"room\":\"a\"},\"values\":[[1000,\"20.5\"],[1060,\"21.5\"]]}]}}\n"
      "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}\n");
}

TEST_F(ReplProgramTest, JsonErrorsGoToStandardOutput) {
  const ProgramResult result = Repl({metrics_, "-o", "json", "-c", "1+", "-c",
                                     "http_requests_total + on () http_requests_total"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_EQ(result.err, "");
  EXPECT_TRUE(result.out.starts_with(
      "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"invalid parameter "
      "\\\"query\\\":"
      " 1:3: parse error: unexpected end of input\"}\n"
      "{\"status\":\"error\",\"errorType\":\"execution\",\"error\":\"found duplicate series"))
      << result.out;
}

TEST_F(ReplProgramTest, WarningsAndInfosStandInTheBody_OrOnStandardError) {
  const std::string query = "rate(temperature[2m])";
  const ProgramResult json = Repl({metrics_, "-o", "json", "-c", query});
  EXPECT_NE(json.out.find(",\"infos\":[\"PromQL info: metric might not be a counter"),
            std::string::npos)
      << json.out;
  const ProgramResult csv = Repl({metrics_, "-o", "csv", "-c", query});
  EXPECT_TRUE(csv.err.starts_with("PromQL info: metric might not be a counter")) << csv.err;
  EXPECT_EQ(csv.exit_code, 0);
}

TEST_F(ReplProgramTest, TheTableNamesUnitsAndTime) {
  const ProgramResult result = Repl({metrics_, "-c", "sum by (code) (http_requests_total)"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.out,
            "┌──────┬───────┐\n"
            "│ code │ value │\n"
            "├──────┼───────┤\n"
            "│ 200  │     4 │\n"
            "│ 500  │     2 │\n"
            "└──────┴───────┘\n"
            "2 series at 1970-01-01T00:17:40Z\n");
}

TEST_F(ReplProgramTest, TimesMayBeAbsoluteOrRelative) {
  const auto value = [&](const std::string& time) {
    return Repl({metrics_, "--time", time, "-o", "csv", "-c", "temperature"}).out;
  };
  const std::string header = "__name__,room,timestamp,value\ntemperature,a,";
  EXPECT_EQ(value("1000"), header + "1970-01-01T00:16:40Z,20.5\n");
  EXPECT_EQ(value("-30s"), header + "1970-01-01T00:17:10Z,20.5\n");
  EXPECT_EQ(value("newest"), header + "1970-01-01T00:17:40Z,21.5\n");
  EXPECT_EQ(value("1970-01-01T00:17:40Z"), header + "1970-01-01T00:17:40Z,21.5\n");
  EXPECT_EQ(value("999"), "timestamp,value\n");
}

TEST_F(ReplProgramTest, StartEndAndStep_AskForARange) {
  EXPECT_EQ(
      Repl({metrics_, "--start", "-1m", "--end", "1060", "--step", "30s", "-o", "json", "-c",
            "sum(http_requests_total)"})
          .out,
      "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[{\"metric\":{},"
      "\"values\":[[1000,\"1\"],[1030,\"1\"],[1060,\"6\"]]}]}}\n");
  const ProgramResult backwards = Repl({metrics_, "--start", "newest", "--end", "-1m", "-c", "1"});
  EXPECT_EQ(backwards.exit_code, 1);
  EXPECT_EQ(backwards.out, "");
  EXPECT_TRUE(backwards.err.starts_with("error: end timestamp must not be before start time"));
}

TEST_F(ReplProgramTest, ErrorsHaveACaretUnderThePlace) {
  const ProgramResult result = Repl({metrics_, "-c", "sum(temperature) by room"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(result.err,
            "error: 1:21: parse error: unexpected identifier \"room\" in grouping opts, expected "
            "\"(\"\n"
            "  sum(temperature) by room\n"
            "                      ^^^^\n");
}

TEST_F(ReplProgramTest, StandardInputIsAScript) {
  const ProgramResult result = Repl({metrics_, "-o", "csv"},
                                    "# a comment\n"
                                    "\n"
                                    "sum(\n"
                                    "  temperature  # the room's\n"
                                    ")\n"
                                    "sum(http_requests_total)\n"
                                    "  / count(http_requests_total)\n"
                                    "\\time 1000\n"
                                    "scalar(temperature)");
  EXPECT_EQ(result.err, "");
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.out,
            "timestamp,value\n1970-01-01T00:17:40Z,21.5\n"
            "timestamp,value\n1970-01-01T00:17:40Z,3\n"
            "time 1970-01-01T00:16:40Z\n"
            "timestamp,value\n1970-01-01T00:16:40Z,20.5\n");
}

TEST_F(ReplProgramTest, AnErrorInAScript_SaysItsLineAndDoesNotEndIt) {
  const ProgramResult result = Repl({metrics_, "-o", "csv"}, "1\n\nsum(\n1 +\n\n\\nosuch\n2\n");
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_EQ(result.out,
            "timestamp,value\n1970-01-01T00:17:40Z,1\n"
            "timestamp,value\n1970-01-01T00:17:40Z,2\n");
  EXPECT_EQ(result.err,
            "error: stdin:3: 2:4: parse error: unclosed left parenthesis\n"
            "  2 │ 1 +\n"
            "         ^\n"
            "error: stdin:6: unknown command \\nosuch; \\help lists all\n");
}

TEST_F(ReplProgramTest, Quit_EndsAScript) {
  EXPECT_EQ(Repl({metrics_, "-o", "csv"}, "\\quit\n1\n").out, "");
  EXPECT_EQ(Repl({metrics_, "-o", "csv", "-c", "\\quit", "-c", "1"}).out, "");
}

TEST_F(ReplProgramTest, AnEmptyScript_AnswersNothing) {
  const ProgramResult result = Repl({metrics_}, "");
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.out + result.err, "");
}

TEST_F(ReplProgramTest, QueriesOfAFile_AreAnsweredLineByLine) {
  const std::string queries =
      Write("queries.jsonl",
            "{\"query\": \"sum(http_requests_total)\", \"time\": 1000}\n"
            "\n"
            "{\"query\": \"temperature\", \"start\": 1000, \"end\": 1060, \"step\": 60}\n"
            "nonsense\n"
            "{\"query\": \"1+\", \"time\": 5}\n"
            "{\"query\": \"time()\"}\n"
            "{\"query\": \"1\", \"start\": 2, \"end\": 1, \"step\": 1}");
  const ProgramResult result = Repl({metrics_, "--queries", queries});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_EQ(result.err, "");
  std::istringstream lines(result.out);
  std::vector<std::string> bodies;
  for (std::string line; std::getline(lines, line);) bodies.push_back(line);
  ASSERT_EQ(bodies.size(), 6u) << result.out;
  EXPECT_EQ(
      bodies[0],
      "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},"
      "\"value\":[1000,\"1\"]}]}}");
  EXPECT_EQ(
      bodies[1],
      "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[{\"metric\":{\"_"
      "_name__\":\"temperature\",\"room\":\"a\"},\"values\":[[1000,\"20.5\"],[1060,\"21.5\"]]}]"
      "}}");
  EXPECT_TRUE(bodies[2].starts_with(
      "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"line 4: not JSON: "));
  EXPECT_EQ(bodies[3],
            "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"invalid parameter "
            "\\\"query\\\": 1:3: parse error: unexpected end of input\"}");
  EXPECT_EQ(
      bodies[4],
      "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1060,\"1060\"]}"
      "}");
  EXPECT_EQ(
      bodies[5],
      "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"line 7: invalid parameter "
      "\\\"end\\\": end timestamp must not be before start time\"}");
}

TEST_F(ReplProgramTest, Timing_AddsQueryMillis) {
  const ProgramResult queries =
      Repl({metrics_, "--timing", "--queries", "-"}, "{\"query\": \"1\"}\n{}\n");
  EXPECT_TRUE(std::regex_match(
      queries.out, std::regex("\\{\"status\":\"success\",.*,\"queryMillis\":[0-9]+\\.[0-9]{3}\\}\n"
                              "\\{\"status\":\"error\",.*,\"queryMillis\":[0-9]+\\.[0-9]{3}\\}\n")))
      << queries.out;
  const ProgramResult table = Repl({metrics_, "--timing", "-c", "1"});
  EXPECT_EQ(table.out, "1\n");
  EXPECT_TRUE(table.err.starts_with("time: ")) << table.err;
}

TEST_F(ReplProgramTest, BadRecords_AreReported_AndTheRestIsAnswered) {
  // The first record of the capture, then one whose bytes are no request, then the rest.
  std::ifstream file(kSessions, std::ios::binary);
  std::stringstream all;
  all << file.rdbuf();
  const std::string bytes = all.str();
  const size_t first =
      4 + (static_cast<unsigned char>(bytes[2]) << 8) + static_cast<unsigned char>(bytes[3]);
  const std::string bad =
      Write("bad.binpb", bytes.substr(0, first) + std::string("\0\0\0\x04\xff\xff\xff\xff", 8) +
                             bytes.substr(first));
  const std::string query = "sum(claude_code_cost_usage_USD_total)";
  const ProgramResult good = Repl({kSessions, "-o", "json", "-c", query});
  ASSERT_EQ(good.exit_code, 0) << good.err;
  const ProgramResult result = Repl({bad, "-o", "json", "-c", query});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_EQ(result.out, good.out);
  EXPECT_TRUE(result.err.starts_with("error: " + bad + ": record 2 at byte " +
                                     std::to_string(first) + ": "))
      << result.err;

  const ProgramResult strict = Repl({bad, "--strict", "-o", "json", "-c", query});
  EXPECT_EQ(strict.exit_code, 1);
  EXPECT_EQ(strict.out, "");
  EXPECT_EQ(strict.err, result.err);
}

TEST_F(ReplProgramTest, ReadsStandardInput_AndSaysWhatToTypeWhereATimeIsMissing) {
  const ProgramResult piped = Repl({"-", "-o", "csv", "-c", "a"}, "{__name__=\"a\"} 5 60000\n");
  EXPECT_EQ(piped.out, "__name__,timestamp,value\na,1970-01-01T00:01:00Z,5\n") << piped.err;
  const std::string page = Write("page", "a 1\nb 2\n");
  const ProgramResult refused = Repl({page, "-c", "a"});
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_NE(refused.err.find("(and 1 more line of the kind)"), std::string::npos) << refused.err;
  EXPECT_NE(refused.err.find("--scraped-at file takes"), std::string::npos) << refused.err;
  EXPECT_NE(refused.err.find("--all-problems says each of them"), std::string::npos);
  const ProgramResult all = Repl({page, "--all-problems", "-c", "a"});
  EXPECT_NE(all.err.find("line 2 at byte 4: "), std::string::npos) << all.err;
  const ProgramResult taken =
      Repl({page, "--scraped-at", "2026-11-30T12:00:00Z", "-o", "csv", "-c", "a"});
  EXPECT_EQ(taken.out, "__name__,timestamp,value\na,2026-11-30T12:00:00Z,1\n") << taken.err;
}

TEST_F(ReplProgramTest, AFileThatCannotBeRead_AnswersNothing) {
  for (const std::string& path : {(folder_ / "nosuch").string(), folder_.string(),
                                  Write("empty", ""), Write("text", "just some words\n")}) {
    const ProgramResult result = Repl({metrics_, path, "-c", "1"});
    EXPECT_EQ(result.exit_code, 1) << path;
    EXPECT_EQ(result.out, "") << path;
    EXPECT_NE(result.err.find(path), std::string::npos) << result.err;
  }
}

TEST_F(ReplProgramTest, WhatWasLoaded_CanBeSaved) {
  const std::string saved = (folder_ / "saved.plc").string();
  const ProgramResult save = Repl({metrics_, kSessions, "--save", saved});
  EXPECT_EQ(save.exit_code, 0) << save.err;
  EXPECT_EQ(save.out, "");
  const std::vector<std::string> questions = {"-o", "json", "-c", "{__name__=~\".+\"}[10y]"};
  std::vector<std::string> from_saved = {saved}, from_files = {metrics_, kSessions};
  from_saved.insert(from_saved.end(), questions.begin(), questions.end());
  from_files.insert(from_files.end(), questions.begin(), questions.end());
  EXPECT_EQ(Repl(from_saved).out, Repl(from_files).out);

  const ProgramResult command =
      Repl({metrics_}, "\\save " + saved + "2\n\\load '" + saved + "2'\n");
  EXPECT_EQ(command.exit_code, 0) << command.err;
  EXPECT_TRUE(command.out.starts_with("saved " + saved + "2\nloaded 1 file, "));
  EXPECT_EQ(Repl({metrics_, "--save", "/nosuch/folder/x.plc"}).exit_code, 1);
}

TEST_F(ReplProgramTest, LoadingLogs_SaysHowManyApiRequestsThereWere) {
  const ProgramResult result =
      Repl({metrics_}, "\\load tests/data/captures/claude-code-sessions.logs.binpb\n");
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_NE(result.out.find(" 0 samples, 37 API requests in 111 log records in "),
            std::string::npos)
      << result.out;
}

TEST_F(ReplProgramTest, SeveralWriters_AreWarnedOfOnce) {
  const ProgramResult result =
      Repl({kParallel, "-c", "sum(claude_code_commit_count_total)", "-c", "1"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_TRUE(result.err.starts_with("warning: ")) << result.err;
  EXPECT_EQ(result.err.find('\n'), result.err.size() - 1) << result.err;
}

TEST_F(ReplProgramTest, StreamsShowWhatEachWriterCounted) {
  const ProgramResult result =
      Repl({kParallel, "-c", "\\streams claude_code_commit_count_total{session_id=\"\"}"});
  EXPECT_EQ(result.exit_code, 0);
  // 2, 3, 5 and 1 commits, as the captures' README says; in order of start.
  std::vector<std::string> last;
  std::istringstream lines(result.out);
  for (std::string line; std::getline(lines, line);) {
    const size_t first_time = line.find("2026-");
    if (first_time == std::string::npos) continue;
    const size_t bar = line.rfind("│", line.size() - 4);
    last.push_back(line.substr(bar + 3, line.size() - bar - 6));
  }
  for (std::string& cell : last) std::erase(cell, ' ');
  std::sort(last.begin(), last.end());
  EXPECT_EQ(last, (std::vector<std::string>{"1", "2", "3", "5"})) << result.out;
  EXPECT_TRUE(result.out.ends_with("4 streams in 1 series\n"));
}

TEST_F(ReplProgramTest, MetaCommandsShowTheData) {
  const ProgramResult result =
      Repl({metrics_}, "\\metrics http\n\\labels\n\\values code\n\\series temperature\n");
  EXPECT_EQ(result.err, "");
  EXPECT_EQ(result.out,
            "┌─────────────────────┬─────────┬──────┬──────────────────┬────────┬─────────┬────────"
            "──────────────┬──────────────────────┐\n"
            "│ metric              │ type    │ unit │ help             │ series │ samples │        "
            "        first │                 last │\n"
            "├─────────────────────┼─────────┼──────┼──────────────────┼────────┼─────────┼────────"
            "──────────────┼──────────────────────┤\n"
            "│ http_requests_total │ counter │      │ Requests served. │      2 │       4 │ "
            "1970-01-01 00:16:40Z │ 1970-01-01 00:17:40Z │\n"
            "└─────────────────────┴─────────┴──────┴──────────────────┴────────┴─────────┴────────"
            "──────────────┴──────────────────────┘\n"
            "┌──────────┬────────┬────────┬──────────────────────────────────┐\n"
            "│ label    │ series │ values │ such as                          │\n"
            "├──────────┼────────┼────────┼──────────────────────────────────┤\n"
            "│ __name__ │      3 │      2 │ http_requests_total, temperature │\n"
            "│ code     │      2 │      2 │ 200, 500                         │\n"
            "│ room     │      1 │      1 │ a                                │\n"
            "└──────────┴────────┴────────┴──────────────────────────────────┘\n"
            "┌──────┬────────┐\n"
            "│ code │ series │\n"
            "├──────┼────────┤\n"
            "│ 200  │      1 │\n"
            "│ 500  │      1 │\n"
            "└──────┴────────┘\n"
            "┌───────────────────────┬─────────┬──────────────────────┬──────────────────────┬─────"
            "───────┐\n"
            "│ series                │ samples │                first │                 last │ "
            "last value │\n"
            "├───────────────────────┼─────────┼──────────────────────┼──────────────────────┼─────"
            "───────┤\n"
            "│ temperature{room=\"a\"} │       2 │ 1970-01-01T00:16:40Z │ 1970-01-01T00:17:40Z │   "
            "    21.5 │\n"
            "└───────────────────────┴─────────┴──────────────────────┴──────────────────────┴─────"
            "───────┘\n"
            "1 series\n");
}

TEST_F(ReplProgramTest, MetaCommandsThatFail_SayWhy) {
  const ProgramResult result =
      Repl({metrics_},
           "\\series sum(\n\\values code {a\n\\time never\n\\output xml\n"
           "\\timing maybe\n\\rows x\n\\load\n\\explain 1 +\n\\quit now\n");
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_EQ(result.out, "");
  for (const char* part :
       {"stdin:1: 1:5: parse error", "stdin:2: 1:8: parse error", "stdin:3: cannot parse \"never\"",
        "stdin:4: unknown output format \"xml\"", "stdin:5: \\timing is on or off",
        "stdin:6: \\rows needs a number", "stdin:7: \\load needs a file",
        "stdin:8: 1:4: parse error", "stdin:9: \\quit takes no argument"}) {
    EXPECT_NE(result.err.find(part), std::string::npos) << part << "\n" << result.err;
  }
}

TEST_F(ReplProgramTest, SettingsHold) {
  const ProgramResult result = Repl({metrics_},
                                    "\\range 1m 30s\n\\output json\nsum(http_requests_total)\n"
                                    "\\range off\nsum(http_requests_total)\n\\output\n\\time\n");
  EXPECT_EQ(
      result.out,
      "range from 1970-01-01T00:16:40Z to 1970-01-01T00:17:40Z every 30s\n"
      "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[{\"metric\":{},"
      "\"values\":[[1000,\"1\"],[1030,\"1\"],[1060,\"6\"]]}]}}\n"
      "no range: queries are evaluated at one time\n"
      "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},"
      "\"value\":[1060,\"6\"]}]}}\n"
      "output json\n"
      "time 1970-01-01T00:17:40Z (the newest sample)\n");
}

TEST_F(ReplProgramTest, Explain_ShowsOperatorsWithTheirSizes) {
  const ProgramResult result = Repl({metrics_, "-c", "\\explain sum(http_requests_total)"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_NE(result.out.find("│ operator"), std::string::npos) << result.out;
  EXPECT_NE(result.out.find("└─ "), std::string::npos) << result.out;
  EXPECT_NE(result.out.find("\ntime: "), std::string::npos) << result.out;
}

TEST_F(ReplProgramTest, Why_ExplainsAtTheQueryTimeOrTheEndOfTheRange) {
  const std::string query = "\\why sum(increase(http_requests_total[2m]))\n";
  const ProgramResult result =
      Repl({metrics_}, query + "\\range 2m 10s\n" + query + "\\range off\n\\time 1050\n" + query);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  const std::string first_line = "increase(http_requests_total[2m]) at 1970-01-01T00:17:40Z\n";
  const size_t first = result.out.find(first_line);
  EXPECT_EQ(first, 0u) << result.out;
  EXPECT_NE(result.out.find(first_line, 1), std::string::npos) << result.out;
  EXPECT_NE(result.out.find("increase(http_requests_total[2m]) at 1970-01-01T00:17:30Z\n"),
            std::string::npos)
      << result.out;
  EXPECT_NE(result.out.find("http_requests_total{code=\"500\"}\n"), std::string::npos);
}

TEST_F(ReplProgramTest, Why_AllShowsMoreThanTenSeries) {
  const std::string query = "increase(claude_code_token_usage_tokens_total[1h])";
  const ProgramResult ten = Repl({kSessions, "-c", "\\why " + query});
  EXPECT_NE(ten.out.find(" more series; \\why all QUERY shows them\n"), std::string::npos)
      << ten.out;
  const ProgramResult all = Repl({kSessions, "-c", "\\why all " + query});
  EXPECT_EQ(all.out.find(" more series;"), std::string::npos);
  EXPECT_GT(all.out.size(), ten.out.size());
  // `all` may be a metric.
  const ProgramResult metric =
      Repl({metrics_, "-c", "\\why all + increase(http_requests_total[2m])"});
  EXPECT_EQ(metric.exit_code, 0) << metric.err;
}

TEST_F(ReplProgramTest, Why_SpeaksJson) {
  const ProgramResult result =
      Repl({metrics_}, "\\output json\n\\why delta(temperature[2m])\n\\why temperature\n");
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_EQ(
      result.out.find("{\"status\":\"success\",\"data\":{\"call\":\"delta(temperature[2m])\""), 0u)
      << result.out;
  EXPECT_NE(result.out.find("\n{\"status\":\"error\",\"errorType\":\"bad_data\""),
            std::string::npos)
      << result.out;
}

TEST_F(ReplProgramTest, Why_PointsAtWhatItCannotExplain) {
  const ProgramResult result =
      Repl({metrics_}, "\\why\n\\why all temperature\n\\why max_over_time(rate(x[5m])[1h:1m])\n");
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_EQ(result.out, "");
  for (const char* part : {"stdin:1: \\why needs a query\n",
                           "stdin:2: only rate, increase and delta of a selector can be explained",
                           "  all temperature\n      ^^^^^^^^^^^\n",
                           "stdin:3: a subquery evaluates rate(x[5m]) at many times",
                           "  max_over_time(rate(x[5m])[1h:1m])\n                ^^^^^^^^^^^\n"}) {
    EXPECT_NE(result.err.find(part), std::string::npos) << part << "\n" << result.err;
  }
}

TEST_F(ReplProgramTest, Chart_DrawsAllDataWithoutARange) {
  const ProgramResult result = Repl({metrics_, "-c", "\\chart temperature"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_NE(result.out.find("1970-01-01T00:16:40Z to 1970-01-01T00:17:40Z, a point every 1s\n"),
            std::string::npos)
      << result.out;
  EXPECT_NE(result.out.find("temperature{room=\"a\"}  min 20.5, max 21.5, last 21.5\n"),
            std::string::npos)
      << result.out;
}

TEST_F(ReplProgramTest, LabelsCannotDriveTheTerminal) {
  const std::string query = "label_replace(temperature, \"a\", \"\\x1b[2J\", \"\", \"\")";
  for (const char* format : {"table", "chart", "json"}) {
    const ProgramResult result = Repl({metrics_, "-o", format, "-c", query});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_EQ(result.out.find('\x1b'), std::string::npos) << format;
    EXPECT_NE(result.out.find("[2J"), std::string::npos) << format;
  }
}

TEST_F(ReplProgramTest, FeaturesCanBeTurnedOff) {
  const std::string query = "max_of(1, 2)";
  EXPECT_EQ(Repl({"-c", query, "--time", "0"}).out, "2\n");
  const ProgramResult off = Repl({"-c", query, "--enable-feature", "none"});
  EXPECT_EQ(off.exit_code, 1);
  EXPECT_NE(off.err.find("function \"max_of\" is not enabled"), std::string::npos) << off.err;
  EXPECT_EQ(Repl({"-c", query, "--compat", "prometheus-2"}).exit_code, 1);
  EXPECT_EQ(Repl({"-c", query, "--enable-feature", "none,promql-experimental-functions"}).exit_code,
            0);
}

TEST_F(ReplProgramTest, Compatibility_ChangesAnswersAndLabels) {
  // Samples 1, 2, 3, 4 a minute apart: 4 in 2.42, 3.5 in 3.16.
  const std::string counter = Write("counter.om",
                                    "# TYPE c counter\nc_total 1 1000\nc_total 2 1060\n"
                                    "c_total 3 1120\nc_total 4 1180\n# EOF\n");
  const std::vector<std::string> words = {counter, "-o", "csv", "-c", "increase(c_total[5m])"};
  EXPECT_TRUE(Repl(words).out.ends_with(",3.5\n"));
  std::vector<std::string> old = words;
  old.insert(old.end(), {"--compat", "prometheus-2"});
  EXPECT_TRUE(Repl(old).out.ends_with(",4\n"));

  const std::string histogram = Write("histogram.om",
                                      "# TYPE h histogram\nh_bucket{le=\"5\"} 1 1000\n"
                                      "h_bucket{le=\"+Inf\"} 1 1000\n# EOF\n");
  EXPECT_NE(Repl({histogram, "-o", "csv", "-c", "h_bucket"}).out.find(",5.0,"), std::string::npos);
  EXPECT_NE(
      Repl({histogram, "-o", "csv", "-c", "h_bucket", "--compat", "prometheus-2"}).out.find(",5,"),
      std::string::npos);
}

TEST_F(ReplProgramTest, OtlpSettings_ReachTheTranslation) {
  const ProgramResult result =
      Repl({kSessions, "-o", "csv", "--otlp", "promote_resource_attributes=[os.type]", "-c",
            "group by (os_type) (claude_code_session_count_total)"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_TRUE(result.out.starts_with("os_type,timestamp,value\nlinux,")) << result.out;
}

TEST_F(ReplProgramTest, WrongOptions_ExitWith1) {
  const ProgramResult result = Repl({metrics_, "--nosuch"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_EQ(result.out, "");
  EXPECT_TRUE(result.err.starts_with("repl: unknown option --nosuch")) << result.err;
}

TEST_F(ReplProgramTest, HelpAndVersion) {
  const ProgramResult help = Repl({"--help"});
  EXPECT_EQ(help.exit_code, 0);
  EXPECT_TRUE(help.out.starts_with("Usage: repl [OPTION...] DATA...\n"));
  for (const char* option :
       {"--command", "--time", "--start", "--end", "--step", "--output", "--queries", "--timing",
        "--save", "--strict", "--scraped-at", "--text-times", "--all-problems", "--compat",
        "--enable-feature", "--otlp", "--threads"}) {
    EXPECT_NE(help.out.find(option), std::string::npos) << option;
  }
  EXPECT_TRUE(
      std::regex_match(Repl({"--version"}).out,
                       std::regex("promlite [0-9.]+, which answers as Prometheus 3\\.16 does\n")));
}

TEST_F(ReplProgramTest, FullStandardOutput_IsAnError) {
  if (!std::filesystem::exists("/dev/full")) GTEST_SKIP() << "there is no /dev/full";
  const ProgramResult result =
      RunProgramToEnd("/bin/sh", {"-c", std::string(REPL_PROGRAM) + " -c 1 > /dev/full"}, "");
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_EQ(result.err, "repl: cannot write to standard output\n");
}

TEST_F(ReplProgramTest, HostileQueries_AreRefusedClearly) {
  std::string sum = "1";
  for (int i = 0; i < 200'000; ++i) sum += "+1";
  const std::string nested = std::string(100'000, '(') + "1" + std::string(100'000, ')');
  const ProgramResult result = Repl({metrics_}, sum + "\n" + nested + "\n");
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_EQ(result.out, "");
  EXPECT_LT(result.err.size(), 2000u);
  const ProgramResult zeros = Repl({metrics_}, std::string(1'000'000, '\0'));
  EXPECT_EQ(zeros.exit_code, 1);
  EXPECT_LT(zeros.err.size(), 2000u);
}

// ---- the shell --------------------------------------------------------------------------------

TEST_F(ReplProgramTest, TheShellAnswersCompletesAndRemembers) {
  if (!HasPseudoTerminals()) GTEST_SKIP() << "no pseudo-terminals here";
  const std::vector<std::pair<std::string, std::string>> environment = {
      {"TERM", "xterm"}, {"XDG_STATE_HOME", folder_.string()}, {"NO_COLOR", "1"}};
  const std::string prompt = "1970-01-01T00:17:40Z> ";
  const ProgramResult result = RunProgramOnTerminal(REPL_PROGRAM, {metrics_},
                                                    {{prompt, "sum(http_req\t)\r"},
                                                     {"1 series at", ""},
                                                     {prompt, "sum(\r"},
                                                     {"...> ", "temperature\r"},
                                                     {"...> ", ")\r"},
                                                     {"21.5", ""},
                                                     {prompt, "sum(\x03"},
                                                     {"^C", ""},
                                                     {prompt, "\\time 1000\r"},
                                                     {"1970-01-01T00:16:40Z> ", "\x04"}},
                                                    environment);
  EXPECT_EQ(result.exit_code, 0) << result.out;
  std::ifstream history(folder_ / "promlite" / "history");
  std::stringstream remembered;
  remembered << history.rdbuf();
  EXPECT_NE(remembered.str().find("sum(http_requests_total)"), std::string::npos);
  EXPECT_NE(remembered.str().find("sum("), std::string::npos);
}

TEST_F(ReplProgramTest, TheShellWorksWithoutAHome) {
  if (!HasPseudoTerminals()) GTEST_SKIP() << "no pseudo-terminals here";
  const ProgramResult result = RunProgramOnTerminal(
      REPL_PROGRAM, {metrics_}, {{"> ", "1+1\r"}, {"\n2", ""}, {"> ", "\\quit\r"}},
      {{"TERM", "dumb"}, {"XDG_STATE_HOME", "/proc/nosuch"}});
  EXPECT_EQ(result.exit_code, 0) << result.out;
}

}  // namespace
}  // namespace promlite
