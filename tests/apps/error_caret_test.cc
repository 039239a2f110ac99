#include "promlite/apps/repl/output/error_caret.h"

#include <gtest/gtest.h>

#include <string>

#include "promlite/apps/repl/text/text.h"

namespace promlite::repl {
namespace {

TEST(ErrorCaretTest, CaretsStandUnderTheRange) {
  EXPECT_EQ(ErrorCaret("sum(foo bar)", {8, 11}, 80),
            "  sum(foo bar)\n"
            "          ^^^\n");
}

TEST(ErrorCaretTest, AnEmptyRangeAtTheEnd_HasOneCaret) {
  EXPECT_EQ(ErrorCaret("1+", {2, 2}, 80),
            "  1+\n"
            "    ^\n");
}

TEST(ErrorCaretTest, OfSeveralLines_TheOneWithTheErrorIsShownWithItsNumber) {
  EXPECT_EQ(ErrorCaret("sum(\n  rate(x)\n)", {12, 13}, 80),
            "  2 │   rate(x)\n"
            "             ^\n");
}

TEST(ErrorCaretTest, ARangeOverSeveralLines_IsMarkedInItsFirst) {
  EXPECT_EQ(ErrorCaret("a + (b\nc)", {4, 9}, 80),
            "  1 │ a + (b\n"
            "          ^^\n");
}

TEST(ErrorCaretTest, WidthsAreThoseOfTheTerminal_NotBytes) {
  // Ä is two bytes and one cell; 時 three bytes and two cells.
  EXPECT_EQ(ErrorCaret("x{a=\"Ä時\"} y", {13, 14}, 80),
            "  x{a=\"Ä時\"} y\n"
            "             ^\n");
}

TEST(ErrorCaretTest, ControlCharacters_AreShownAsEscapes) {
  EXPECT_EQ(ErrorCaret("a\tb c", {4, 5}, 80),
            "  a\\tb c\n"
            "       ^\n");
}

TEST(ErrorCaretTest, LongLines_AreShortenedAroundThePlace) {
  std::string query(1003, 'a');
  query.replace(500, 3, " b ").replace(503, 500, 500, 'c');
  const std::string shown = ErrorCaret(query, {501, 502}, 40);
  const size_t line_end = shown.find('\n');
  const std::string line = shown.substr(0, line_end);
  const std::string carets = shown.substr(line_end + 1);
  EXPECT_LE(DisplayWidth(line), 40u);
  EXPECT_TRUE(line.starts_with("  …aaa")) << line;
  EXPECT_TRUE(line.ends_with("c…")) << line;
  // Every character of the line is one cell wide.
  const size_t caret = carets.find('^');
  EXPECT_EQ(DisplayWidth(line.substr(0, line.find('b'))), caret);
  EXPECT_EQ(carets.find('^', caret + 1), std::string::npos);
}

TEST(ErrorCaretTest, PositionsOutsideTheQuery_AreMovedIntoIt) {
  EXPECT_EQ(ErrorCaret("up", {7, 9}, 80), "  up\n    ^\n");
  EXPECT_EQ(ErrorCaret("up", {-3, 1}, 80), "  up\n  ^\n");
  EXPECT_EQ(ErrorCaret("", {0, 0}, 80), "  \n  ^\n");
}

}  // namespace
}  // namespace promlite::repl
