#include "promlite/apps/repl/text/text.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace promlite::repl {
namespace {

TEST(TextTest, WidthIsThatOfTheTerminal) {
  EXPECT_EQ(DisplayWidth("abc"), 3u);
  EXPECT_EQ(DisplayWidth("Äöü"), 3u);
  EXPECT_EQ(DisplayWidth("時間"), 4u);
  EXPECT_EQ(DisplayWidth("e\u0301"), 1u);
  EXPECT_EQ(DisplayWidth("\xff\xfe"), 2u);
}

TEST(TextTest, WhatDrivesATerminal_IsWrittenAsEscapes) {
  EXPECT_EQ(Printable("a\x1b[31mb"), "a\\x1b[31mb");
  EXPECT_EQ(Printable("a\nb\tc"), "a\\nb\\tc");
  EXPECT_EQ(Printable("\xff"), "\\xff");
  EXPECT_EQ(Printable("\x7f"), "\\x7f");
  EXPECT_EQ(Printable("\u009b31m"), "\\u009b31m");  // the 8-bit control sequence introducer
  EXPECT_EQ(Printable("\u202eabc"), "\\u202eabc");  // right-to-left override
  EXPECT_EQ(Printable("Ä時"), "Ä時");
}

TEST(TextTest, MessagesOfSeveralLines_AreIndented) {
  EXPECT_EQ(PrintableLines("one\ntwo\x1b\nthree", 2), "one\n  two\\x1b\n  three");
  EXPECT_EQ(PrintableLines("one", 2), "one");
}

TEST(TextTest, Wrap_CutsAtBlanksWhereItCan) {
  EXPECT_EQ(Wrap("one two three", 8), (std::vector<std::string>{"one two", "three"}));
  EXPECT_EQ(Wrap("abcdefgh", 3), (std::vector<std::string>{"abc", "def", "gh"}));
  EXPECT_EQ(Wrap("", 3), (std::vector<std::string>{""}));
  EXPECT_EQ(Wrap("時時時", 4), (std::vector<std::string>{"時時", "時"}));
}

TEST(TextTest, Shorten_MarksWhatIsMissing) {
  EXPECT_EQ(Shorten("abcdef", 4), "abc…");
  EXPECT_EQ(Shorten("abcd", 4), "abcd");
  EXPECT_EQ(Shorten("時時時", 4), "時…");
}

TEST(TextTest, Padding_CountsCells) {
  EXPECT_EQ(PadRight("Ä", 3), "Ä  ");
  EXPECT_EQ(PadLeft("時", 3), " 時");
  EXPECT_EQ(PadLeft("abcd", 3), "abcd");
}

}  // namespace
}  // namespace promlite::repl
