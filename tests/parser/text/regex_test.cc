// Regular expressions as Go reads them, and how they are refused.

#include <gtest/gtest.h>
#include <re2/re2.h>

#include <memory>
#include <string>
#include <string_view>

#include "promlite/parser/text/go_regex.h"
#include "promlite/parser/text/regex_matcher.h"

namespace promlite::internal {
namespace {

std::string RegexError(std::string_view pattern) {
  const auto result = RegexMatcher::Compile(pattern);
  return result.ok() ? "none" : std::string(result.status().message());
}

TEST(RegexMatcher, FindsWhatMatchesTheEmptyString) {
  for (const char* pattern : {"", ".*", "a*", "a?", "|a", "a|", "a||b", "^", "$", "()", "(?i)",
                              "(?<name>a*)", "(?s:.*)"}) {
    EXPECT_TRUE(RegexMatcher::Compile(pattern).value()->Matches("")) << pattern;
  }
  for (const char* pattern : {"a", ".+", "a|b", "a{1,}", ".", "\\.", "[a-z]"}) {
    EXPECT_FALSE(RegexMatcher::Compile(pattern).value()->Matches("")) << pattern;
  }
}

TEST(RegexMatcher, SpeaksGo) {
  EXPECT_EQ(RegexError("(a"), "error parsing regexp: missing closing ): `(a`");
  EXPECT_EQ(RegexError("a)(b"), "error parsing regexp: unexpected ): `a)(b`");
  EXPECT_EQ(RegexError("[a"), "error parsing regexp: missing closing ]: `[a`");
  EXPECT_EQ(RegexError("*"), "error parsing regexp: missing argument to repetition operator: `*`");
  EXPECT_EQ(RegexError("a**"), "error parsing regexp: invalid nested repetition operator: `**`");
  EXPECT_EQ(RegexError("a{1001}"), "error parsing regexp: invalid repeat count: `{1001}`");
  EXPECT_EQ(RegexError("(?=a)"), "error parsing regexp: invalid or unsupported Perl syntax: `(?=`");
  EXPECT_EQ(RegexError("[z-a]"), "error parsing regexp: invalid character class range: `z-a`");
  EXPECT_EQ(RegexError("(a\\"),
            "error parsing regexp: trailing backslash at end of expression: ``");
  EXPECT_EQ(RegexError("(?P<n"), "error parsing regexp: invalid named capture: `(?P<n`");
  EXPECT_EQ(RegexError("\\8"), "error parsing regexp: invalid escape sequence: `\\8`");
}

TEST(RegexMatcher, KnowsWhereRe2IsNotGo) {
  EXPECT_EQ(RegexError("a\\C"), "error parsing regexp: invalid escape sequence: `\\C`");
  EXPECT_EQ(RegexError("\\Q\\C\\E+"), "none");
  EXPECT_EQ(RegexError("(?<n>a)+"), "none");
  EXPECT_EQ(RegexError("(?<n>a"), "error parsing regexp: missing closing ): `(?<n>a`");
  EXPECT_EQ(RegexError("[(?<]+"), "none");
  // Literals are compared without being parsed.
  EXPECT_EQ(RegexError("\xff|a"), "none");
  EXPECT_EQ(RegexError("\xff+"), "error parsing regexp: invalid UTF-8: `\xff+`");
}

// As Prometheus, which compares bytes: only what is parsed must be UTF-8.
TEST(RegexMatcher, ComparesLiteralsByteByByte) {
  const auto matcher = RegexMatcher::Compile("\xff|a").value();
  EXPECT_TRUE(matcher->Matches("\xff"));
  EXPECT_FALSE(matcher->Matches("\ufffd"));
  for (const char* pattern : {"\xff.*", ".*\xff", "(\xff|a)", "\xff\\."}) {
    EXPECT_EQ(RegexError(pattern).substr(0, 35), "error parsing regexp: invalid UTF-8") << pattern;
  }
}

std::string Repeat(std::string_view text, size_t times) {
  std::string repeated;
  for (size_t i = 0; i < times; ++i) repeated += text;
  return repeated;
}

std::string CompileError(std::string_view pattern, RegexFrame frame) {
  const auto regex = CompileGoRegex(pattern, frame);
  return regex.ok() ? "none" : std::string(regex.status().message());
}

TEST(CompileGoRegex, RefusesAMonsterBeforeItIsCompiled_WhateverTheFrame) {
  for (const RegexFrame frame : {RegexFrame::kNone, RegexFrame::kAnchors}) {
    EXPECT_EQ(CompileError("(" + Repeat("a?", 500'000) + ")", frame).substr(0, 44),
              "error parsing regexp: expression too large: ");
    EXPECT_EQ(CompileError(Repeat("\\pL", 2000), frame).substr(0, 44),
              "error parsing regexp: expression too large: ");
    EXPECT_EQ(CompileError(Repeat("(", 2000) + Repeat(")", 2000), frame).substr(0, 50),
              "error parsing regexp: expression nests too deeply:");
  }
}

TEST(CompileGoRegex, PutsAFrameRoundThePattern_BeforeItIsParsed) {
  EXPECT_EQ(CompileError("a)(b", RegexFrame::kNone), "error parsing regexp: unexpected ): `a)(b`");
  EXPECT_EQ(CompileError("a)(b", RegexFrame::kAnchors), "none");
  // Behind the group that the frame opened the dot matches no newline, as in Go.
  const auto framed = CompileGoRegex("a.)(.", RegexFrame::kAnchors).value();
  EXPECT_TRUE(RE2::PartialMatch("a\nb", *framed));
  EXPECT_FALSE(RE2::PartialMatch("a\n\n", *framed));
}

}  // namespace
}  // namespace promlite::internal
