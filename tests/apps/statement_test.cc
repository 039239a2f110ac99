#include "promlite/apps/repl/text/statement.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>

namespace promlite::repl {
namespace {

// Adds lines until a statement is complete; tells after how many it was, 0 if it never was.
size_t LinesTaken(std::initializer_list<std::string_view> lines, std::string* text = nullptr) {
  StatementReader reader;
  size_t taken = 0;
  for (const std::string_view line : lines) {
    reader.AddLine(line);
    ++taken;
    if (text != nullptr) *text = reader.text();
    if (reader.complete()) return taken;
  }
  return 0;
}

TEST(StatementTest, AQueryOfOneLine_IsComplete) {
  EXPECT_EQ(LinesTaken({"up"}), 1u);
  EXPECT_EQ(LinesTaken({"sum by (job) (rate(x[5m]))"}), 1u);
  EXPECT_EQ(LinesTaken({"sum(x) by (job)"}), 1u);
  EXPECT_EQ(LinesTaken({"\"text\""}), 1u);
  EXPECT_EQ(LinesTaken({"1"}), 1u);
}

TEST(StatementTest, OpenBrackets_AskForMore) {
  EXPECT_EQ(LinesTaken({"sum(", "x", ")"}), 3u);
  EXPECT_EQ(LinesTaken({"x{", "job=\"a\"", "}"}), 3u);
  EXPECT_EQ(LinesTaken({"rate(x[", "5m])"}), 2u);
}

TEST(StatementTest, BracketsInStringsAndComments_AreNone) {
  EXPECT_EQ(LinesTaken({"x{a=\"(\"}"}), 1u);
  EXPECT_EQ(LinesTaken({"x # (((", "y"}), 1u);
  EXPECT_EQ(LinesTaken({"x{a='it\\'s ('}"}), 1u);
}

TEST(StatementTest, AnOperatorWithoutItsOperand_AsksForMore) {
  EXPECT_EQ(LinesTaken({"a +", "b"}), 2u);
  EXPECT_EQ(LinesTaken({"a and", "b"}), 2u);
  EXPECT_EQ(LinesTaken({"a / on (x)", "b"}), 2u);
  EXPECT_EQ(LinesTaken({"a / on (x) group_left (y)", "b"}), 2u);
  EXPECT_EQ(LinesTaken({"a offset", "5m"}), 2u);
  EXPECT_EQ(LinesTaken({"sum by (job)", "(x)"}), 2u);
  EXPECT_EQ(LinesTaken({"sum(x) by", "(job)"}), 2u);
}

TEST(StatementTest, KeywordsThatBeginAQuery_AreMetricNames) {
  EXPECT_EQ(LinesTaken({"offset"}), 1u);
  EXPECT_EQ(LinesTaken({"and"}), 1u);
  EXPECT_EQ(LinesTaken({"sum"}), 1u);
}

TEST(StatementTest, StringsInBackticks_MayHoldLineFeeds) {
  std::string text;
  EXPECT_EQ(LinesTaken({"x{a=`one", "", "two`}"}, &text), 3u);
  EXPECT_EQ(text, "x{a=`one\n\ntwo`}");
}

TEST(StatementTest, ABackslashAtTheEnd_AsksForMore) {
  std::string text;
  EXPECT_EQ(LinesTaken({"a \\", "+ b"}, &text), 2u);
  EXPECT_EQ(text, "a \n+ b");
}

TEST(StatementTest, AnEmptyLine_EndsEveryQuery) {
  EXPECT_EQ(LinesTaken({"sum(x", ""}), 2u);
  EXPECT_EQ(LinesTaken({"a + ", "   "}), 2u);
}

TEST(StatementTest, BlankLinesAndComments_AreNoStatements) {
  StatementReader reader;
  for (const char* line : {"", "# a comment", "   ", "\t# another"}) {
    reader.AddLine(line);
    EXPECT_FALSE(reader.complete());
    EXPECT_TRUE(reader.empty());
  }
  reader.AddLine("up");
  EXPECT_TRUE(reader.complete());
  EXPECT_EQ(reader.text(), "up");
}

TEST(StatementTest, ACommand_TakesOneLine) {
  std::string text;
  EXPECT_EQ(LinesTaken({"  \\explain sum("}, &text), 1u);
  EXPECT_EQ(text, "\\explain sum(");
}

TEST(StatementTest, CarriageReturns_AreDropped) {
  std::string text;
  EXPECT_EQ(LinesTaken({"up\r"}, &text), 1u);
  EXPECT_EQ(text, "up");
}

TEST(StatementTest, TooLongAQuery_IsRefused) {
  StatementReader reader;
  reader.AddLine(std::string(StatementReader::kMaxBytes + 1, '('));
  EXPECT_TRUE(reader.complete());
  EXPECT_TRUE(reader.too_long());
}

TEST(StatementTest, OnlyOperatorsThatBeginNoQuery_ContinueOne) {
  for (const char* line : {"/ b", "  * 2", "and b", "or on (x) b", "by (job)", "offset 5m", "[5m]",
                           ")", "== 3", "  - b", "  + b", "@ 3"}) {
    EXPECT_TRUE(StatementReader::ContinuesQuery(line)) << line;
  }
  for (const char* line : {"b", "- b", "-1", "(a)", "{a=\"b\"}", "", "# / b", "and", "\\metrics",
                           "sum(x)", "\"text\"", "4"}) {
    EXPECT_FALSE(StatementReader::ContinuesQuery(line)) << line;
  }
}

}  // namespace
}  // namespace promlite::repl
