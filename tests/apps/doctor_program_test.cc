// `repl DATA --doctor` and `\doctor`: what they print, and how the program exits.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "promlite/tests/apps/run_program.h"

namespace promlite {
namespace {

constexpr const char* kSessions = "tests/data/captures/claude-code-sessions.metrics.binpb";
constexpr const char* kParallel = "tests/data/captures/claude-code-parallel.metrics.binpb";
constexpr const char* kSessionsLogs = "tests/data/captures/claude-code-sessions.logs.binpb";
constexpr const char* kParallelLogs = "tests/data/captures/claude-code-parallel.logs.binpb";
constexpr const char* kDelta = "tests/data/captures/claude-code-delta.metrics.binpb";

ProgramResult Repl(const std::vector<std::string>& arguments, const std::string& input = "") {
  return RunProgramToEnd(REPL_PROGRAM, arguments, input);
}

// A counter that begins at zero, seen every 30 seconds, and a gauge.
class DoctorProgramTest : public testing::Test {
 protected:
  void SetUp() override {
    path_ = (std::filesystem::path(testing::TempDir()) /
             ("doctor_program_test." + std::to_string(getpid()) + ".om"))
                .string();
    std::ofstream(path_) << "# TYPE x counter\n"
                            "x_total 0 1000\nx_total 2 1030\nx_total 3 1060\nx_total 3 1090\n"
                            "# TYPE temperature gauge\n"
                            "temperature 20 1000\n"
                            "# EOF\n";
  }
  void TearDown() override { std::filesystem::remove(path_); }

  std::string path_;
};

TEST_F(DoctorProgramTest, ExitCodeIsZero_WhereNothingIsWrong) {
  const ProgramResult result = Repl({path_, "--doctor"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.err, "");
  EXPECT_EQ(
      result.out,
      "x_total: 1 series, 1 stream, the 2m until 1970-01-01T00:18:10Z\n"
      "┌──────────────────────┬────────┬───────┐\n"
      "│ formula              │ answer │ error │\n"
      "├──────────────────────┼────────┼───────┤\n"
      "│ exact                │      3 │       │\n"
      "│ anchored             │      3 │       │\n"
      "│ anchored with starts │      3 │       │\n"
      "│ smoothed             │      3 │       │\n"
      "│ increase             │      3 │       │\n"
      "│ max                  │      3 │       │\n"
      "│ max - min            │      3 │       │\n"
      "└──────────────────────┴────────┴───────┘\n"
      "verdict: right: exact, 3\n"
      "\n"
      "nothing is wrong; right for this data: exact, as in sum(increase(x_total[2m] exact))\n");
}

TEST_F(DoctorProgramTest, AnswersThatAreInfiniteDoNotDiffer) {
  std::ofstream(path_) << "# TYPE x counter\nx_total 0 1000\nx_total 2 1030\nx_total +Inf 1060\n"
                          "# EOF\n";
  const ProgramResult result = Repl({path_, "--doctor"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_NE(result.out.find("│ exact                │   +Inf │       │\n"), std::string::npos)
      << result.out;
  EXPECT_NE(result.out.find("│ max                  │   +Inf │       │\n"), std::string::npos)
      << result.out;
}

TEST_F(DoctorProgramTest, ErrorsAreJsonToo_WhereAnswersAre) {
  const ProgramResult result =
      Repl({path_, "--output", "json", "-c", "\\doctor rate(x_total[5m])"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_TRUE(result.out.starts_with("{\"status\":\"error\",\"errorType\":\"bad_data\","))
      << result.out;
}

TEST_F(DoctorProgramTest, ATypoOrAnOffsetIsAnError) {
  const ProgramResult typo = Repl({path_, "-c", "\\doctor x_totl 5m"});
  EXPECT_EQ(typo.exit_code, 1);
  EXPECT_NE(typo.err.find("no series matches x_totl"), std::string::npos) << typo.err;
  const ProgramResult offset = Repl({path_, "-c", "\\doctor x_total offset 5m"});
  EXPECT_EQ(offset.exit_code, 1);
  EXPECT_NE(offset.err.find("expected a selector without offset and @"), std::string::npos)
      << offset.err;
}

TEST_F(DoctorProgramTest, ExitCodeIsThree_WhereAnythingIsWrong) {
  const ProgramResult all = Repl({kSessions, "--doctor"});
  EXPECT_EQ(all.exit_code, 3);
  EXPECT_NE(all.out.find("- 5 streams with a single sample in 5 series: 331.094 seconds"),
            std::string::npos)
      << all.out;
  EXPECT_TRUE(
      all.out.ends_with("\nright for this data: exact, as in "
                        "sum(increase(claude_code_active_time_seconds_total[6m] exact))\n"))
      << all.out;
  EXPECT_EQ(Repl({kSessions, "-c", "\\doctor claude_code_commit_count_total"}).exit_code, 3);
  EXPECT_EQ(Repl({kSessions}, "\\doctor claude_code_commit_count_total\n").exit_code, 3);
}

TEST_F(DoctorProgramTest, ExitCodeIsOne_WhereDataWasRefused) {
  const ProgramResult result = Repl({kDelta, "--otlp", "delta=refuse", "--doctor"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.out.find("- claude_code.commit.count: delta temporality, 2 requests refused; "
                            "--otlp delta=running_total counts them\n"
                            "    wrong: all, since nothing of it is stored\n"),
            std::string::npos)
      << result.out;
}

TEST_F(DoctorProgramTest, SaysWhatCannotBeTold_AndWhatMayBe) {
  std::ofstream(path_) << "# TYPE x counter\nx_total 1 1000\nx_total 52 1030\nx_total 2 1060\n"
                          "x_total 54 1090\nx_total 3 1120\nx_total 56 1150\n# EOF\n";
  const ProgramResult result = Repl({path_, "--doctor"});
  EXPECT_EQ(result.exit_code, 3);
  // 2 and 4 since the first samples, 3 and 56 in all; 52, 54 and 56 if one counter began anew.
  EXPECT_NE(result.out.find(
                "verdict: cannot be told from this data: between 6 and 162; an estimate, if 2 "
                "writers take turns: 6 since the first samples, 59 from zero; 1 of 2 drops return "
                "to where another rising sequence stood\n"),
            std::string::npos)
      << result.out;
  EXPECT_TRUE(result.out.ends_with("\n\ncannot be told from this data for x_total\n"))
      << result.out;
}

TEST_F(DoctorProgramTest, SaysAtLeastAndAtMost_AsJsonToo) {
  std::ofstream(path_) << "# TYPE x counter\nx_total 5 1000\nx_total 7 1030\n# EOF\n";
  const ProgramResult text = Repl({path_, "--doctor"});
  EXPECT_NE(text.out.find("verdict: at least 2, at most 7; 2 since the first samples, 7 if the "
                          "counters began at zero in the range\n"),
            std::string::npos)
      << text.out;
  EXPECT_TRUE(text.out.ends_with("\nat least 2 for x_total\n")) << text.out;
  const ProgramResult json = Repl({path_, "--doctor", "--output", "json"});
  EXPECT_NE(json.out.find(R"("verdict":{"kind":"at_least","value":"2","low":"2","high":"7",)"
                          R"("formula":"exact",)"),
            std::string::npos)
      << json.out;
  EXPECT_EQ(json.out.find(R"("right":)"), std::string::npos) << json.out;
}

TEST_F(DoctorProgramTest, NamesTheWriters) {
  const ProgramResult result =
      Repl({kParallel, "-c", "\\doctor claude_code_commit_count_total{session_id!=\"\"} 10m"});
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_NE(
      result.out.find("- 3 writers at once in 1 series since 2026-11-23T17:58:29.552Z: drops "
                      "from one to another read as resets, 28 in all\n"
                      "    wrong: anchored +20, anchored with starts +22, smoothed +20, increase "
                      "+20.8824, max -6, max - min -7\n"
                      "    use: sum(increase(claude_code_commit_count_total{session_id!=\"\"}"
                      "[10m] exact))\n"),
      std::string::npos)
      << result.out;
}

TEST_F(DoctorProgramTest, AnswersInJson) {
  const ProgramResult result = Repl({path_, "--doctor", "--output", "json"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(
      result.out,
      "{\"status\":\"success\",\"data\":{\"resultType\":\"diagnosis\",\"healthy\":true,\"start\":"
      "970,"
      "\"end\":1090,\"metrics\":[{\"metric\":\"x_total\",\"type\":\"counter\",\"unit\":\"\","
      "\"series\":1,\"streams\":1,\"answers\":["
      "{\"formula\":\"exact\",\"query\":\"sum(increase(x_total[2m] exact))\",\"value\":\"3\"},"
      "{\"formula\":\"anchored\",\"query\":\"sum(increase(x_total[2m] "
      "anchored))\",\"value\":\"3\"},"
      "{\"formula\":\"anchored with starts\",\"query\":\"sum(increase(x_total[2m] "
      "anchored))\",\"startTimestamps\":true,\"value\":\"3\"},"
      "{\"formula\":\"smoothed\",\"query\":\"sum(increase(x_total[2m] "
      "smoothed))\",\"value\":\"3\"},"
      "{\"formula\":\"increase\",\"query\":\"sum(increase(x_total[2m]))\",\"value\":\"3\"},"
      "{\"formula\":\"max\",\"query\":\"sum(max_over_time(x_total[2m]))\",\"value\":\"3\"},"
      "{\"formula\":\"max - min\",\"query\":\"sum(max_over_time(x_total[2m]) - "
      "min_over_time(x_total[2m]))\",\"value\":\"3\"}],\"findings\":[],"
      "\"verdict\":{\"kind\":\"right\",\"value\":\"3\",\"low\":\"3\",\"high\":\"3\","
      "\"formula\":\"exact\",\"query\":\"sum(increase(x_total[2m] exact))\","
      "\"decidedByWitness\":false,\"doubts\":[]},\"right\":{\"formula\":"
      "\"exact\",\"query\":\"sum(increase(x_total[2m] exact))\"}}],\"findings\":[]}}\n");
}

TEST_F(DoctorProgramTest, SetsEventsBesideCounters) {
  const ProgramResult result = Repl({kSessions, kSessionsLogs, "--doctor"});
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_EQ(result.err, "");
  EXPECT_NE(
      result.out.find("│ claude_code.api_request events │         1.74045765 │           │\n"),
      std::string::npos)
      << result.out;
  EXPECT_NE(result.out.find("│ claude_code.api_request events │           1644808 │         │\n"),
            std::string::npos)
      << result.out;
  EXPECT_EQ(result.out.find("events differ"), std::string::npos) << result.out;

  const ProgramResult untold =
      Repl({kSessions, kSessionsLogs, "-c",
            "\\doctor claude_code_cost_usage_USD_total{query_source=\"main\"}"});
  EXPECT_NE(untold.out.find(
                "- claude_code.api_request events do not tell query_source as the metric does\n"),
            std::string::npos)
      << untold.out;
}

TEST_F(DoctorProgramTest, ListsWhereEventsDiffer_TheLargestTen) {
  const ProgramResult result =
      Repl({kSessions, kParallelLogs, "-c", "\\doctor {__name__=~\"claude_code_(cost|token).*\"}"});
  EXPECT_NE(
      result.out.find("│ claude_code.api_request events │                  0 │  -1.74046 │\n"),
      std::string::npos)
      << result.out;
  EXPECT_NE(
      result.out.find(
          "- claude_code.api_request events differ:\n"
          "    {model=\"claude-opus-4-8\", session_id=\"f5963a26-5801-4a76-9476-00bc2559c189\"}: "
          "0 USD of 0.688646 USD counted, -0.688646\n"),
      std::string::npos)
      << result.out;
  // Of twenty, five of which counted nothing or less than others.
  const size_t tokens = result.out.rfind("events differ:\n");
  const size_t more = result.out.find("    and ", tokens);
  ASSERT_NE(more, std::string::npos) << result.out;
  EXPECT_EQ(std::count(result.out.begin() + static_cast<ptrdiff_t>(tokens),
                       result.out.begin() + static_cast<ptrdiff_t>(more), '\n'),
            11);
}

TEST_F(DoctorProgramTest, SaysInJsonWhatEventsSay) {
  const ProgramResult result = Repl({kSessions, kSessionsLogs, "--output", "json", "-c",
                                     "\\doctor claude_code_cost_usage_USD_total{session_id=~"
                                     "\"cb1e4c93.*|49f470fe.*\"}"});
  EXPECT_NE(
      result.out.find(
          "\"witness\":{\"source\":\"claude_code.api_request events\",\"value\":\"0.16713065\","
          "\"groups\":[{\"labels\":{\"model\":\"claude-haiku-4-5-20251001\",\"session_id\":"
          "\"49f470fe-24b3-4d2b-a534-0e28b196f601\"},\"counted\":\"0.03633425\",\"value\":"
          "\"0.03633425\"},{\"labels\":{\"model\":\"claude-sonnet-5\",\"session_id\":"
          "\"cb1e4c93-6aca-48ae-b646-102d94d87c9a\"},\"counted\":\"0.1307964\",\"value\":"
          "\"0.1307964\"}],\"events\":4,\"untold\":0,\"differences\":[]}"),
      std::string::npos)
      << result.out;
  const ProgramResult untold =
      Repl({kSessions, kSessionsLogs, "--output", "json", "-c",
            "\\doctor claude_code_cost_usage_USD_total{job=\"claude-code\"}"});
  EXPECT_NE(untold.out.find("\"noWitness\":\"claude_code.api_request events do not tell job as the "
                            "metric does\""),
            std::string::npos)
      << untold.out;
}

// As of a process that is killed before it exports.
TEST_F(DoctorProgramTest, SaysWhatEventsTellOfLaterThanTheNewestSample) {
  const std::string question = "\\doctor claude_code_cost_usage_USD_total";
  const ProgramResult text = Repl({kSessions, kParallelLogs, "-c", question});
  EXPECT_NE(text.out.find("- claude_code.api_request events after the newest sample: 4.21418 USD, "
                          "which no export reports\n"),
            std::string::npos)
      << text.out;
  const ProgramResult json = Repl({kSessions, kParallelLogs, "--output", "json", "-c", question});
  EXPECT_NE(json.out.find("\"value\":\"0\",\"later\":\"4.2141"), std::string::npos) << json.out;
  const ProgramResult none = Repl({kSessions, kSessionsLogs, "-c", question});
  EXPECT_EQ(none.out.find("newest sample"), std::string::npos) << none.out;
}

TEST_F(DoctorProgramTest, KeepsEventsInSavedFiles) {
  const ProgramResult saved = Repl({kSessions, kSessionsLogs, "--save", path_ + ".plc"});
  EXPECT_EQ(saved.exit_code, 0) << saved.err;
  const std::vector<std::string> question = {"-c", "\\doctor claude_code_cost_usage_USD_total"};
  const ProgramResult again = Repl({path_ + ".plc", question[0], question[1]});
  std::filesystem::remove(path_ + ".plc");
  EXPECT_EQ(again.out, Repl({kSessions, kSessionsLogs, question[0], question[1]}).out);
  EXPECT_NE(again.out.find("api_request events"), std::string::npos);
}

TEST_F(DoctorProgramTest, TakesTheRangeOfTheCommandLine) {
  const ProgramResult result = Repl({path_, "--doctor", "--start", "1010", "--end", "1070"});
  EXPECT_EQ(result.out.substr(0, result.out.find('\n')),
            "x_total: 1 series, 1 stream, the 1m until 1970-01-01T00:17:50Z");
}

TEST_F(DoctorProgramTest, RefusesWhatItCannotAnswer) {
  const ProgramResult csv = Repl({path_, "--doctor", "--output", "csv"});
  EXPECT_EQ(csv.exit_code, 1);
  EXPECT_EQ(csv.err, "error: \\doctor answers as a table or JSON only\n");
  const ProgramResult gauge = Repl({path_, "-c", "\\doctor temperature"});
  EXPECT_EQ(gauge.exit_code, 0);
  EXPECT_EQ(gauge.out, "no counters with samples in the range\n");
  const ProgramResult query = Repl({path_, "-c", "\\doctor sum(x_total)"});
  EXPECT_EQ(query.exit_code, 1);
  EXPECT_NE(query.err.find("expected a selector such as up"), std::string::npos) << query.err;
  const ProgramResult both = Repl({path_, "--doctor", "-c", "1"});
  EXPECT_EQ(both.exit_code, 1);
  EXPECT_NE(both.err.find("--doctor and --command, --queries exclude each other"),
            std::string::npos)
      << both.err;
}

TEST_F(DoctorProgramTest, HelpSaysHowItExits) {
  std::string help = Repl({"--help"}).out;
  EXPECT_NE(help.find("--doctor"), std::string::npos);
  EXPECT_NE(help.find("and 3 if there was none, but\n--doctor or \\doctor found something"),
            std::string::npos)
      << help;
}

}  // namespace
}  // namespace promlite
