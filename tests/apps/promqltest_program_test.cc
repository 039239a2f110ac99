// promqltest as a program: what it prints of scripts that hold, that do not, and that are none.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "promlite/tests/apps/run_program.h"

namespace promlite {
namespace {

constexpr const char* kData =
    "load 1m\n"
    "  commits_total{who=\"a\"} 0 1 2 3\n"
    "  commits_total{who=\"b\"} 5x3\n"
    "\n";

class PromqltestProgramTest : public testing::Test {
 protected:
  void SetUp() override {
    const testing::TestInfo* info = testing::UnitTest::GetInstance()->current_test_info();
    folder_ =
        std::filesystem::path(testing::TempDir()) /
        (std::string("promqltest_program_test.") + info->name() + "." + std::to_string(getpid()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string Write(const std::string& name, const std::string& content) const {
    const std::string path = (folder_ / name).string();
    std::ofstream(path, std::ios::binary) << content;
    return path;
  }

  static ProgramResult Run(const std::vector<std::string>& arguments) {
    return RunProgramToEnd(PROMQLTEST_PROGRAM, arguments, "");
  }

  // What the program prints of a script, without the script's path.
  std::string ReportOf(const std::string& script) const {
    const std::string path = Write("x.test", script);
    std::string out = Run({path}).out;
    for (size_t at = 0; (at = out.find(path)) != std::string::npos;) out.erase(at, path.size());
    return out;
  }

  std::filesystem::path folder_;
};

TEST_F(PromqltestProgramTest, EachFileHasALineAndTheLastOneTheSums) {
  const std::string one = Write("one.test", std::string(kData) +
                                                "eval instant at 3m sum(commits_total)\n"
                                                "  {} 8\n");
  const std::string two = Write("two.test",
                                "eval instant at 0 1 + 1\n"
                                "  2\n"
                                "\n"
                                "eval instant at 0 vector(1)\n"
                                "  {} 1\n");
  const ProgramResult result = Run({one, two});
  EXPECT_EQ(result.out, one + ": 1 of 1 cases passed\n" + two +
                            ": 2 of 2 cases passed\n3 passed, 0 failed, 0 skipped\n");
  EXPECT_EQ(result.exit_code, 0);
}

TEST_F(PromqltestProgramTest, AFailedCaseIsALineWithItsPlace) {
  const std::string path = Write("x.test", std::string(kData) +
                                               "eval instant at 3m commits_total{who='a'}\n"
                                               "  commits_total{who=\"a\"} 4\n"
                                               "\n"
                                               "eval instant at 3m commits_total{who='b'}\n"
                                               "  commits_total{who=\"b\"} 5\n");
  const ProgramResult result = Run({path});
  EXPECT_EQ(result.out,
            path +
                ":5: commits_total{who='a'}: expected 4 for {__name__=\"commits_total\", "
                "who=\"a\"} but got 3\n" +
                path + ": 1 of 2 cases passed\n1 passed, 1 failed, 0 skipped\n");
  EXPECT_EQ(result.exit_code, 1);
}

TEST_F(PromqltestProgramTest, FilesHaveDatabasesOfTheirOwn) {
  const std::string one = Write("one.test", kData);
  const std::string two = Write("two.test", "eval instant at 3m commits_total\n");
  EXPECT_EQ(Run({one, two}).exit_code, 0);
}

TEST_F(PromqltestProgramTest, WhatCannotBeReadIsNamed) {
  const std::string good = Write("good.test", "eval instant at 0 1\n  1\n");
  const std::string missing = (folder_ / "missing.test").string();
  const ProgramResult result = Run({missing, folder_.string(), good});
  EXPECT_EQ(result.out, missing + ": cannot be read: No such file or directory\n" +
                            folder_.string() + ": cannot be read: Is a directory\n" + good +
                            ": 1 of 1 cases passed\n1 passed, 2 failed, 0 skipped\n");
  EXPECT_EQ(result.exit_code, 1);
}

TEST_F(PromqltestProgramTest, AnEmptyFileHasNoCases) {
  EXPECT_EQ(ReportOf(""), ": 0 of 0 cases passed\n0 passed, 0 failed, 0 skipped\n");
  EXPECT_EQ(ReportOf("# nothing\n\n"), ": 0 of 0 cases passed\n0 passed, 0 failed, 0 skipped\n");
}

TEST_F(PromqltestProgramTest, OptionsAreHelpAndNoOther) {
  EXPECT_EQ(Run({"--help"}).out.substr(0, 25), "Usage: promqltest FILE...");
  EXPECT_EQ(Run({"--help"}).exit_code, 0);
  EXPECT_EQ(Run({}).exit_code, 1);
  EXPECT_EQ(Run({}).err, "promqltest: no FILE is given (--help says more)\n");
  EXPECT_EQ(Run({"--quiet"}).exit_code, 1);
  EXPECT_EQ(Run({"--quiet"}).err,
            "promqltest: unknown option --quiet (--help lists what there is)\n");
}

// The line of a script that cannot be understood, and why.
TEST_F(PromqltestProgramTest, AScriptThatIsNoneIsRefusedWithItsLine) {
  const auto first_line = [&](const std::string& script) {
    const std::string report = ReportOf(script);
    EXPECT_TRUE(report.ends_with("\n0 passed, 1 failed, 0 skipped\n")) << report;
    return report.substr(0, report.find('\n'));
  };
  EXPECT_EQ(first_line("clear\nlaod 1m\n"), ":2: invalid command \"laod 1m\"");
  EXPECT_EQ(first_line("load\n"), ":1: invalid load command: load[_with_nhcb] <step:duration>");
  EXPECT_EQ(first_line("load x\n"), ":1: not a valid duration string: \"x\"");
  EXPECT_EQ(first_line("load 1m\n  a 1 2 three\n"),
            ":2: bad item \"three\" in a series description");
  EXPECT_EQ(first_line("load 1m\n  a 1+x2\n"), ":2: bad item \"1+x2\" in a series description");
  EXPECT_EQ(first_line("load 1m\n  a {{schema:0 schema:1}}\n"),
            ":2: duplicate key \"schema\" in histogram");
  for (const std::string series : {"a{b=\"c\"}1", "a{}_", "a{}stale", "a{}{{}}", "a NaNx3",
                                   "a -infx3", "a 1+Infx3", "a {{ schema:0}}", "a {{schema: 0}}",
                                   "a {{buckets:[ 1 2]}}", "a 1_", "a 1__0", "a {{sum:0x10}}"}) {
    EXPECT_TRUE(first_line("load 1m\n  " + series + "\n").starts_with(":2: ")) << series;
  }
  EXPECT_EQ(first_line("load 1m\n  a@st -1m\n  b 1\n"),
            ":3: an @st line must have the labels and the length of the series' line behind it");
  EXPECT_EQ(first_line("eval instant at 0 1 +\n"),
            ":1: in the query, 1:4: parse error: unexpected end of input");
  EXPECT_EQ(first_line("eval instant at now 1\n"), ":1: not a valid duration string: \"now\"");
  EXPECT_EQ(first_line("eval range from 2m to 1m step 1m a\n"),
            ":1: invalid test definition, end timestamp (1m) is before start timestamp (2m)");
  EXPECT_EQ(first_line("eval instant at 0 a\n  expect warning\n"),
            ":2: invalid expect statement: expect warning");
  EXPECT_EQ(first_line("eval instant at 0 a\n  expect info\n  expect no_info\n"),
            ":3: invalid expect lines, info and no_info cannot be used together");
  EXPECT_EQ(first_line("eval instant at 0 a\n  expect warn\n  expect no_warn\n"),
            ":3: invalid expect lines, warn and no_warn cannot be used together");
  EXPECT_EQ(first_line("eval instant at 0 a\n  expect fail\n  expect fail\n"),
            ":3: invalid expect lines, multiple expect fail lines are not allowed");
  EXPECT_EQ(first_line("eval instant at 0 a\n  expect fail regex: (\n").substr(0, 24),
            ":2: invalid regexp '(': ");
  EXPECT_EQ(first_line("eval instant at 0 a\n  {} 1 2\n").substr(0, 54),
            ":2: expecting multiple values in instant evaluation no");
  EXPECT_EQ(first_line("eval instant at 0 'a'\n  expect string a\n"),
            ":2: expected string literal not valid - a quoted string literal is required");
}

TEST_F(PromqltestProgramTest, BlanksStandWherePrometheusTakesThem) {
  EXPECT_EQ(ReportOf("load 1m\n"
                     "  a{b=\"c\"}\t1\n"
                     "  a  NaN+1x3   Inf 1_000 1_000x2\n"
                     "  b {{ }} {{sum:3\tcount:1  buckets:[1  0 ] }}x2\n"
                     "\n"
                     "eval instant at 1m b\n"
                     "  b {{sum:3 count:1 buckets:[1]}}\n"),
            ": 1 of 1 cases passed\n1 passed, 0 failed, 0 skipped\n");
}

// Each of these expectations is not met, and the program sees it.
TEST_F(PromqltestProgramTest, UnmetExpectationsFail) {
  const auto complaint = [&](const std::string& eval) {
    const std::string report = ReportOf(std::string(kData) + eval);
    EXPECT_TRUE(report.ends_with("\n0 passed, 1 failed, 0 skipped\n")) << eval << report;
    return report.substr(0, report.find('\n'));
  };
  EXPECT_EQ(complaint("eval instant at 3m commits_total{who='a'}\n"),
            ":5: commits_total{who='a'}: unexpected metric {__name__=\"commits_total\", "
            "who=\"a\"} in result, has value 3");
  EXPECT_EQ(complaint("eval instant at 3m nothing\n  nothing 1\n"),
            ":5: nothing: expected metric {__name__=\"nothing\"} not found");
  EXPECT_EQ(complaint("eval instant at 3m sort(commits_total)\n"
                      "  expect ordered\n"
                      "  commits_total{who=\"b\"} 5\n"
                      "  commits_total{who=\"a\"} 3\n"),
            ":5: sort(commits_total): expected metric {__name__=\"commits_total\", who=\"a\"} at "
            "position 2 but was at 1");
  EXPECT_EQ(complaint("eval instant at 3m 1\n  2\n"), ":5: 1: expected scalar 2 but got 1");
  EXPECT_EQ(complaint("eval instant at 3m 'x'\n  expect string \"y\"\n"),
            ":5: 'x': expected string \"y\" but got \"x\"");
  EXPECT_EQ(complaint("eval instant at 3m nothing\n  expect fail\n"),
            ":5: nothing: expected an error but got none");
  EXPECT_EQ(complaint("eval instant at 3m count_values('', commits_total)\n"
                      "  expect fail msg: another\n"),
            ":5: count_values('', commits_total): another error was expected, but got: invalid "
            "label name \"\"");
  EXPECT_EQ(complaint("eval instant at 3m nothing\n  expect warn\n"),
            ":5: nothing: expected warn annotations but none were found");
  EXPECT_EQ(complaint("eval instant at 3m quantile(2, nothing)\n  expect no_warn\n"),
            ":5: quantile(2, nothing): unexpected warnings: PromQL warning: quantile value should "
            "be between 0 and 1, got 2 (1:10)");
  EXPECT_EQ(complaint("eval range from 0 to 3m step 1m commits_total{who='a'}\n"
                      "  commits_total{who=\"a\"} 0 1 2 4\n"),
            ":5: commits_total{who='a'}: expected float value at index 3 (t=180000) for "
            "{__name__=\"commits_total\", who=\"a\"} to be 4, but got 3");
  EXPECT_EQ(complaint("eval range from 0 to 3m step 1m commits_total{who='a'}\n"
                      "  commits_total{who=\"a\"} 0 1 _ 3\n"),
            ":5: commits_total{who='a'}: expected 3 float points and 0 histogram points for "
            "{__name__=\"commits_total\", who=\"a\"}, but got 4 and 0");
  EXPECT_EQ(complaint("eval_fail instant at 3m nothing\n"),
            ":5: nothing: expected an error but got none");
  EXPECT_EQ(complaint("eval_warn instant at 3m nothing\n"),
            ":5: nothing: expected warnings, got none");
  EXPECT_EQ(complaint("eval_info instant at 3m nothing\n"),
            ":5: nothing: expected infos, got none");
  EXPECT_EQ(complaint("eval_ordered instant at 3m sort_desc(commits_total)\n"
                      "  commits_total{who=\"a\"} 3\n"
                      "  commits_total{who=\"b\"} 5\n"),
            ":5: sort_desc(commits_total): expected metric {__name__=\"commits_total\", "
            "who=\"b\"} at position 2 but was at 1");
}

TEST_F(PromqltestProgramTest, ZeroIsExactAndOtherNumbersNearlyEqual) {
  EXPECT_TRUE(
      ReportOf("eval instant at 0 1.0000001\n  1\n").ends_with("1 passed, 0 failed, 0 skipped\n"));
  EXPECT_TRUE(
      ReportOf("eval instant at 0 1.00001\n  1\n").ends_with("0 passed, 1 failed, 0 skipped\n"));
  EXPECT_TRUE(
      ReportOf("eval instant at 0 1e-300\n  0\n").ends_with("0 passed, 1 failed, 0 skipped\n"));
}

TEST_F(PromqltestProgramTest, AReportIsOneLineWhateverTheQueryGives) {
  EXPECT_EQ(ReportOf("eval instant at 0 \"a\\nb\"\n  expect string \"c\"\n"),
            ":1: \"a\\nb\": expected string \"c\" but got \"a\\nb\"\n"
            ": 0 of 1 cases passed\n0 passed, 1 failed, 0 skipped\n");
}

}  // namespace
}  // namespace promlite
