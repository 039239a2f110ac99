#include "promlite/storage/labels/matcher.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "promlite/parser/text/regex_matcher.h"

namespace promlite {
namespace {

using Type = Matcher::Type;

Matcher Make(Type type, std::string value) {
  absl::StatusOr<Matcher> matcher = Matcher::Create(type, "label", std::move(value));
  EXPECT_TRUE(matcher.ok()) << matcher.status();
  return *std::move(matcher);
}

bool RegexMatches(const std::string& pattern, const std::string& value) {
  const bool matches = Make(Type::kRegexMatch, pattern).Matches(value);
  EXPECT_EQ(Make(Type::kRegexNoMatch, pattern).Matches(value), !matches);
  return matches;
}

std::string Error(const std::string& pattern) {
  const auto matcher = Matcher::Create(Type::kRegexMatch, "label", pattern);
  if (matcher.ok()) return "compiles";
  EXPECT_EQ(matcher.status().code(), absl::StatusCode::kInvalidArgument);
  return std::string(matcher.status().message().data(), matcher.status().message().size());
}

std::string Repeat(const std::string& text, size_t count) {
  std::string repeated;
  for (size_t i = 0; i < count; ++i) repeated += text;
  return repeated;
}

TEST(Matcher, EqualityComparesBytes) {
  EXPECT_TRUE(Make(Type::kEqual, "a").Matches("a"));
  EXPECT_FALSE(Make(Type::kEqual, "a").Matches("A"));
  EXPECT_FALSE(Make(Type::kNotEqual, "a").Matches("a"));
  EXPECT_TRUE(Make(Type::kNotEqual, "a").Matches(""));
  EXPECT_TRUE(Make(Type::kEqual, "").MatchesEmpty());
  EXPECT_FALSE(Make(Type::kNotEqual, "").MatchesEmpty());
  EXPECT_EQ(Make(Type::kEqual, "a").regex(), nullptr);
}

TEST(Matcher, RegexIsAnchoredAtBothEnds) {
  EXPECT_TRUE(RegexMatches("foo", "foo"));
  EXPECT_FALSE(RegexMatches("foo", "xfoo"));
  EXPECT_FALSE(RegexMatches("foo", "foox"));
  EXPECT_TRUE(RegexMatches("fo[ou]", "fou"));
  EXPECT_FALSE(RegexMatches("fo[ou]", "foux"));
  EXPECT_FALSE(RegexMatches("a|b[c]", "ax"));
  EXPECT_TRUE(RegexMatches("^foo$", "foo"));
}

TEST(Matcher, DotMatchesNewlines) {
  EXPECT_TRUE(RegexMatches("a.b", "a\nb"));
  EXPECT_TRUE(RegexMatches(".*", "\n"));
  EXPECT_TRUE(RegexMatches("a.*", "a\nb"));
  EXPECT_TRUE(RegexMatches(".+[b]", "a\nb"));
  EXPECT_FALSE(RegexMatches("(?-s:a.b)", "a\nb"));
}

TEST(Matcher, EmptyStringMatchesWhatItShould) {
  for (const char* pattern : {"", ".*", "a*", "a|", "(|a)", "(a)?", ".*.*"}) {
    EXPECT_TRUE(Make(Type::kRegexMatch, pattern).MatchesEmpty()) << pattern;
  }
  for (const char* pattern : {"a", ".+", ".", "a.*", ".*a", "a|b"}) {
    EXPECT_FALSE(Make(Type::kRegexMatch, pattern).MatchesEmpty()) << pattern;
  }
}

// Go decodes a byte that is no UTF-8 as U+FFFD, and that is a character like any other.
TEST(Matcher, InvalidUtf8IsReadAsReplacementCharacters) {
  EXPECT_TRUE(RegexMatches("a.b",
                           "a\xff"
                           "b"));
  EXPECT_TRUE(RegexMatches("a..[b]",
                           "a\xc3\xff"
                           "b"));
  EXPECT_TRUE(RegexMatches("a[^x]b",
                           "a\xff"
                           "b"));
  EXPECT_TRUE(RegexMatches("a\\x{FFFD}b",
                           "a\xff"
                           "b"));
  EXPECT_TRUE(RegexMatches(".*", "\xff"));
  EXPECT_TRUE(RegexMatches("\xc3\xa9.", "\xc3\xa9\xc3\xa9"));
}

TEST(Matcher, RegexSyntaxIsGos) {
  EXPECT_TRUE(RegexMatches("(?<name>a+)b", "aab"));
  EXPECT_TRUE(RegexMatches("(?P<name>a+)b", "aab"));
  EXPECT_TRUE(RegexMatches("(?i)foo", "FOO"));
  EXPECT_TRUE(RegexMatches("(?i:f)oo", "Foo"));
  EXPECT_FALSE(RegexMatches("(?i:f)oo", "FOO"));
  EXPECT_TRUE(RegexMatches("\\Q(?<n>.*\\E.", "(?<n>.*x"));
  EXPECT_TRUE(RegexMatches("[(?<n>]+", "(?<n>"));
  EXPECT_TRUE(RegexMatches("[]a]+", "]a]"));
  EXPECT_TRUE(RegexMatches("\\pL+", "\xc3\xa9t\xc3\xa9"));
  EXPECT_TRUE(RegexMatches("[[:alpha:]]+", "abc"));
}

TEST(Matcher, BadRegexIsRefusedInGosWords) {
  EXPECT_EQ(Error("a)(b"), "error parsing regexp: unexpected ): `a)(b`");
  EXPECT_EQ(Error("(a"), "error parsing regexp: missing closing ): `(a`");
  EXPECT_EQ(Error("[a"), "error parsing regexp: missing closing ]: `[a`");
  EXPECT_EQ(Error("*a"), "error parsing regexp: missing argument to repetition operator: `*`");
  EXPECT_EQ(Error("a**"), "error parsing regexp: invalid nested repetition operator: `**`");
  EXPECT_EQ(Error("a{1001}"), "error parsing regexp: invalid repeat count: `{1001}`");
  EXPECT_EQ(Error("(a{1000}){1000}"), "error parsing regexp: invalid repeat count: `{1000}`");
  EXPECT_EQ(Error("a\\"), "error parsing regexp: trailing backslash at end of expression: ``");
  EXPECT_EQ(Error("(?=a)"), "error parsing regexp: invalid or unsupported Perl syntax: `(?=`");
  EXPECT_EQ(Error("(?z)"), "error parsing regexp: invalid or unsupported Perl syntax: `(?z`");
  EXPECT_EQ(Error("[b-a]"), "error parsing regexp: invalid character class range: `b-a`");
  EXPECT_EQ(Error("\\C"), "error parsing regexp: invalid escape sequence: `\\C`");
  EXPECT_EQ(Error("\\8"), "error parsing regexp: invalid escape sequence: `\\8`");
  EXPECT_EQ(Error("\xff+").substr(0, 35), "error parsing regexp: invalid UTF-8");
}

TEST(Matcher, HugeRegexIsAnsweredOrRefused) {
  EXPECT_EQ(Error(Repeat("abc", 350'000)), "compiles");
  EXPECT_EQ(Error(Repeat("|", 1'000'000)), "compiles");
  const std::string too_large = "error parsing regexp: expression too large: `";
  for (const std::string atom : {".", "a?", "\\pL", "[\\pL]", "a{1000}"}) {
    EXPECT_EQ(Error(Repeat(atom, 1'000'000 / atom.size())).substr(0, too_large.size()), too_large);
  }
  const std::string too_deep = "error parsing regexp: expression nests too deeply: `";
  EXPECT_EQ(Error(Repeat("(", 500'000) + Repeat(")", 500'000)).substr(0, too_deep.size()),
            too_deep);
  EXPECT_LT(Error(Repeat("(", 1'000'000)).size(), 2000u);
}

TEST(Matcher, TwentyThousandAlternativesMatch) {
  std::string literals;
  for (int i = 0; i < 20'000; ++i) {
    literals += (i == 0 ? "" : "|") + ("6f1b7c1e-0000-4000-8000-" + std::to_string(100'000 + i));
  }
  for (const std::string& pattern : {literals, "(" + literals + ")x*", literals + "|.+suffix"}) {
    const Matcher matcher = Make(Type::kRegexMatch, pattern);
    EXPECT_TRUE(matcher.Matches("6f1b7c1e-0000-4000-8000-100000"));
    EXPECT_TRUE(matcher.Matches("6f1b7c1e-0000-4000-8000-119999"));
    EXPECT_FALSE(matcher.Matches("6f1b7c1e-0000-4000-8000-120000"));
  }
}

TEST(RegexMatcher, RecognisesFormsThatNeedNoRe2) {
  using internal::RegexMatcher;
  using Form = RegexMatcher::Form;
  struct Case {
    std::string pattern;
    Form form;
    std::vector<std::string> literals;
  };
  const Case cases[] = {
      {"foo", Form::kLiterals, {"foo"}},
      {"", Form::kLiterals, {""}},
      {"a|b|a|", Form::kLiterals, {"a", "b", ""}},
      {"(a|b)", Form::kLiterals, {"a", "b"}},
      {"(?:a|b)", Form::kLiterals, {"a", "b"}},
      {"a\\.b|c\\|d", Form::kLiterals, {"a.b", "c|d"}},
      {"foo.*", Form::kPrefix, {"foo"}},
      {".*foo", Form::kSuffix, {"foo"}},
      {".*foo.*", Form::kContains, {"foo"}},
      {".*", Form::kAnything, {}},
      {".+", Form::kNonEmpty, {}},
      {"foo\\.*", Form::kGeneral, {}},
      {"(a)|(b)", Form::kGeneral, {}},
      {"(a|b)c", Form::kGeneral, {}},
      {"a.b", Form::kGeneral, {}},
      {"(?i)a", Form::kGeneral, {}},
      {"foo.+", Form::kGeneral, {}},
      {"\\d", Form::kGeneral, {}},
  };
  for (const Case& c : cases) {
    const auto matcher = RegexMatcher::Compile(c.pattern);
    ASSERT_TRUE(matcher.ok()) << c.pattern;
    EXPECT_EQ((*matcher)->form(), c.form) << c.pattern;
    EXPECT_EQ((*matcher)->literals(), c.literals) << c.pattern;
  }
}

// The recognised forms against RE2 itself, which `(?:)` in front makes them go through.
TEST(RegexMatcher, RecognisedFormsAnswerAsRe2Does) {
  const std::string patterns[] = {"foo",       "",      "a|b|", "(a|b)",
                                  "(?:a|foo)", "a\\.b", "a.*",  ".*a",
                                  ".*fo.*",    ".*",    ".+",   "a|b|c|d|e|f|g|h|i",
                                  "()",        "a\\.*", ".*.*", "a\\\\.*"};
  const std::string values[] = {"",     "a",  "b", "foo", "a.b",  "ab",  "xa",   "xfoox",
                                "a\nb", "\n", "h", "i",   "a...", "a\\", "a\\x", "j"};
  for (const std::string& pattern : patterns) {
    for (const std::string& value : values) {
      EXPECT_EQ(RegexMatches(pattern, value), RegexMatches("(?:)[x]{0}(?:" + pattern + ")", value))
          << pattern << " on " << value;
    }
  }
}

}  // namespace
}  // namespace promlite
