// The repl's smaller parts: words, suggestions, tokens, questions, progress.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "promlite/apps/repl/commands/function_help.h"
#include "promlite/apps/repl/commands/setting_commands.h"
#include "promlite/apps/repl/script/queries_file.h"
#include "promlite/apps/repl/terminal/progress.h"
#include "promlite/apps/repl/text/text.h"
#include "promlite/apps/repl/text/token_scan.h"
#include "promlite/apps/repl/workspace/query_runner.h"
#include "promlite/apps/shared/suggestion.h"
#include "promlite/apps/shared/words.h"
#include "promlite/parser/text/absl_compat.h"

namespace promlite::repl {
namespace {

using Strings = std::vector<std::string>;

TEST(WordsTest, QuotesAndBackslashesHoldBlanks) {
  EXPECT_EQ(*SplitWords("a  b\tc"), (Strings{"a", "b", "c"}));
  EXPECT_EQ(*SplitWords("'a b' \"c \\\" d\" e\\ f ''"), (Strings{"a b", "c \" d", "e f", ""}));
  EXPECT_FALSE(SplitWords("'a").ok());
  for (const char* text : {"a b", "it's", "back\\slash", "\"q\"", "tab\t."}) {
    EXPECT_EQ(*SplitWords(EscapeWord(text)), Strings{text});
  }
}

TEST(SuggestionTest, TheNearestNameIsMeant) {
  const std::vector<std::string_view> names = {"metrics", "labels", "explain", "range"};
  EXPECT_EQ(NearestName("metrcs", names), "metrics");
  EXPECT_EQ(NearestName("lables", names), "labels");
  EXPECT_EQ(NearestName("exp", names), "explain");
  EXPECT_EQ(NearestName("zzzz", names), "");
  EXPECT_EQ(NearestName("", names), "");
}

TEST(TokenScanTest, LinesAreJoinedWithoutComments) {
  EXPECT_EQ(JoinLines("sum( # all\n  rate(x[5m])\n)"), "sum( rate(x[5m]) )");
  EXPECT_EQ(JoinLines("a  + b"), "a  + b");
  EXPECT_EQ(JoinLines("x{a=\"# no\"}"), "x{a=\"# no\"}");
  EXPECT_EQ(JoinLines("x{a=`1\n2`}"), "x{a=`1\n2`}");
}

const TimeReference kReference = {absl::FromUnixSeconds(1000), absl::FromUnixSeconds(2000),
                                  absl::FromUnixSeconds(3000)};

std::string QuestionError(std::string_view line) {
  const absl::StatusOr<Question> question =
      ParseQuestion(line, QueryTimes::At(absl::FromUnixSeconds(2000)), kReference);
  return question.ok() ? "" : std::string(Std(question.status().message()));
}

Question Parsed(std::string_view line) {
  const absl::StatusOr<Question> question =
      ParseQuestion(line, QueryTimes::At(absl::FromUnixSeconds(2000)), kReference);
  EXPECT_TRUE(question.ok()) << question.status();
  return question.ok() ? *question : Question();
}

TEST(QueriesFileTest, InstantQuestions) {
  Question question = Parsed(R"({"query": "up\n", "time": 1500.0005, "answers": []})");
  EXPECT_EQ(question.query, "up\n");
  EXPECT_FALSE(question.times.is_range());
  EXPECT_EQ(absl::ToUnixMillis(question.times.start), 1500001);
  EXPECT_EQ(absl::ToUnixMillis(Parsed(R"({"query": "up", "time": -1.5})").times.start), -1500);
  EXPECT_EQ(absl::ToUnixMillis(Parsed(R"({"query": "up", "time": "-1s"})").times.start), 1999000);
  EXPECT_EQ(absl::ToUnixMillis(Parsed(R"({"query": "up"})").times.start), 2000000);
  EXPECT_EQ(absl::ToUnixMillis(Parsed(R"({"query": "up", "time": null})").times.start), 2000000);
}

TEST(QueriesFileTest, RangeQuestions) {
  const Question question = Parsed(R"({"query": "up", "start": 1, "end": 61.5, "step": 0.5})");
  EXPECT_TRUE(question.times.is_range());
  EXPECT_EQ(absl::ToUnixMillis(question.times.start), 1000);
  EXPECT_EQ(absl::ToUnixMillis(question.times.end), 61500);
  EXPECT_EQ(question.times.step, absl::Milliseconds(500));
  // A server's limit of 11,000 points is none here.
  EXPECT_TRUE(Parsed(R"({"query": "up", "start": 0, "end": 100000, "step": 1})").times.is_range());
}

TEST(QueriesFileTest, WhatIsNoQuestion_IsSaid) {
  EXPECT_TRUE(QuestionError("{").starts_with("not JSON: "));
  EXPECT_TRUE(QuestionError("{} x").starts_with("not JSON: "));
  EXPECT_EQ(QuestionError("[1]"), "not a JSON object");
  EXPECT_EQ(QuestionError("{}"), "invalid parameter \"query\": missing");
  EXPECT_EQ(QuestionError(R"({"query": 1})"), "invalid parameter \"query\": not a string");
  EXPECT_EQ(QuestionError(R"({"query": "up", "time": true})"),
            "invalid parameter \"time\": neither a number nor a string");
  EXPECT_EQ(QuestionError(R"({"query": "up", "time": 1, "start": 1})"),
            "\"time\" and \"start\", \"end\", \"step\" exclude each other");
  EXPECT_EQ(QuestionError(R"({"query": "up", "start": 1, "step": 1})"),
            "invalid parameter \"end\": missing");
  EXPECT_EQ(QuestionError(R"({"query": "up", "start": 2, "end": 1, "step": 1})"),
            "invalid parameter \"end\": end timestamp must not be before start time");
  for (const char* step : {"0", "-1", "0.0001", "\"0s\""}) {
    EXPECT_EQ(QuestionError("{\"query\": \"up\", \"start\": 1, \"end\": 2, \"step\": " +
                            std::string(step) + "}"),
              "invalid parameter \"step\": zero or negative query resolution step widths are not "
              "accepted. Try a positive integer");
  }
  EXPECT_FALSE(QuestionError(R"({"query": "up", "time": 1e300})").empty());
  EXPECT_FALSE(QuestionError(R"({"query": "up", "start": 1, "end": 2, "step": 1e300})").empty());
}

TEST(QueryRunnerTest, BodiesOfErrorsAndTimes) {
  EXPECT_EQ(BadDataToJson("line 1: <x>"),
            "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"line 1: "
            "\\u003cx\\u003e\"}");
  EXPECT_EQ(WithQueryMillis("{\"status\":\"success\"}", absl::Microseconds(1234)),
            "{\"status\":\"success\",\"queryMillis\":1.234}");
}

TEST(RangeTest, RangesAreReadInEveryForm) {
  const absl::Time end = absl::FromUnixSeconds(1900);
  const auto range = [&](std::string_view text) { return *ParseRange(text, end, kReference); };
  EXPECT_EQ(range("-5m newest 15s").start, absl::FromUnixSeconds(1700));
  EXPECT_EQ(range("-5m newest 15s").step, absl::Seconds(15));
  EXPECT_EQ(range("10m").start, absl::FromUnixSeconds(1300));
  EXPECT_EQ(range("10m").end, end);
  EXPECT_EQ(range("10m 2s").step, absl::Seconds(2));
  EXPECT_EQ(range("all").start, absl::FromUnixSeconds(1000));
  EXPECT_EQ(range("all").end, absl::FromUnixSeconds(2000));
  EXPECT_EQ(range("all").step, absl::Seconds(4));
  EXPECT_EQ(range("1100 1200").end, absl::FromUnixSeconds(1200));
  for (const char* text : {"", "1100", "newest oldest", "1 2 3 4", "1h 2h 3h", "1 2 0"}) {
    EXPECT_FALSE(ParseRange(text, end, kReference).ok()) << text;
  }
}

TEST(FunctionHelpTest, UsageShowsWhatMayBeLeftOut) {
  EXPECT_EQ(FunctionUsage(*promql::FindFunction("rate")), "rate(range vector) instant vector");
  EXPECT_EQ(FunctionUsage(*promql::FindFunction("round")),
            "round(instant vector[, scalar]) instant vector");
  EXPECT_EQ(FunctionUsage(*promql::FindFunction("time")), "time() scalar");
  EXPECT_EQ(FunctionHelp("rat").status().message(),
            "no command and no function is called rat; did you mean rate?");
}

TEST(ProgressTest, TheLineFitsItsWidth) {
  EXPECT_EQ(ProgressLine("a.binpb", 50, 100, absl::Seconds(1), 34),
            "a.binpb ██████······  50 %  0 MB/s");
  for (size_t width = 1; width < 120; ++width) {
    EXPECT_LE(DisplayWidth(ProgressLine("a-long-name-of-a-capture.binpb.zst", 1, 3,
                                        absl::Milliseconds(10), width)),
              width);
  }
  EXPECT_NE(ProgressLine("x", 7, 0, absl::Seconds(1), 60).find("100 %"), std::string::npos);
  EXPECT_TRUE(ProgressLine("doctor", 50, 100, absl::Seconds(2), 60, ProgressUnit::kSeries)
                  .ends_with("  50 %  25 series/s"));
}

}  // namespace
}  // namespace promlite::repl
