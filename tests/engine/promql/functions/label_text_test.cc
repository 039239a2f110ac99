// Templates of label_replace and the order of sort_by_label, on bare texts.

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "promlite/engine/promql/functions/replacement.h"
#include "promlite/parser/text/natural_order.h"
#include "promlite/parser/text/utf8.h"

namespace promlite::promql::internal {
namespace {

std::optional<std::string> Replace(std::string_view regex, std::string_view replacement,
                                   std::string_view text) {
  const auto made = Replacement::Create(regex, replacement);
  if (!made.ok()) return "(does not compile)";
  return (*made)->Apply(text);
}

TEST(Replacement, FillsInGroupsByNumberAndName) {
  constexpr std::string_view kRegex = "(.*)-(?P<foo>.)(x)?";
  EXPECT_EQ(Replace(kRegex, "$1", "ab-c"), "ab");
  EXPECT_EQ(Replace(kRegex, "${1}x", "ab-c"), "abx");
  EXPECT_EQ(Replace(kRegex, "$foo|${foo}", "ab-c"), "c|c");
  EXPECT_EQ(Replace(kRegex, "[$0]", "ab-c"), "[ab-c]");
}

TEST(Replacement, TakesTheLongestNameAndNothingForAnUnknownOne) {
  constexpr std::string_view kRegex = "(.*)-(?P<foo>.)(x)?";
  EXPECT_EQ(Replace(kRegex, "$1x", "ab-c"), "");
  EXPECT_EQ(Replace(kRegex, "$3|$4|$01|$bar", "ab-c"), "|||");
  EXPECT_EQ(Replace(kRegex, "$1\xC3\xA9|", "ab-c"), "|");
}

TEST(Replacement, KeepsDollarsThatNameNothing) {
  EXPECT_EQ(Replace("a", "$$1", "a"), "$1");
  EXPECT_EQ(Replace("a", "$", "a"), "$");
  EXPECT_EQ(Replace("a", "${", "a"), "${");
  EXPECT_EQ(Replace("a", "${1", "a"), "${1");
  EXPECT_EQ(Replace("a", "$-", "a"), "$-");
}

TEST(Replacement, MatchesWholeTextsAndNewlines) {
  EXPECT_EQ(Replace("b", "x", "abc"), std::nullopt);
  EXPECT_EQ(Replace("a.c", "x", "a\nc"), "x");
  EXPECT_EQ(Replace("", "x", ""), "x");
  EXPECT_EQ(Replace("a|ab", "x", "ab"), "x");
}

TEST(Replacement, ReadsGoSyntax) {
  EXPECT_EQ(Replace("(?<n>a)b", "$n", "ab"), "a");
  EXPECT_EQ(Replace("[(?<n>]+", "x", "(?<n>"), "x");
  EXPECT_EQ(Replace("\\Q(?<n>\\E", "x", "(?<n>"), "x");
  EXPECT_EQ(Replace("\\C", "x", "a"), "(does not compile)");
  EXPECT_EQ(Replace("a)(b", "x", "ab"), "x");
  EXPECT_EQ(Replace("(a", "x", "a"), "(does not compile)");
  EXPECT_EQ(Replace("a{1001}", "x", "a"), "(does not compile)");
  EXPECT_EQ(Replace("\xFF", "x", "a"), "(does not compile)");
}

TEST(Replacement, MatchesBytesThatAreNotUtf8) {
  EXPECT_EQ(Replace("(.*)-(?P<foo>.)", "$1",
                    "a\xFF"
                    "b-\xFE"),
            "a\xFF"
            "b");
  EXPECT_EQ(Replace("(.*)-(?P<foo>.)", "$foo",
                    "a\xFF"
                    "b-\xFE"),
            "\xFE");
}

TEST(Utf8, KnowsWhatIsValid) {
  EXPECT_TRUE(IsValidUtf8("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"));
  for (std::string_view text : {"\x80", "\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82",
                                "\xFF", "\xE0\x80\x80"}) {
    EXPECT_FALSE(IsValidUtf8(text));
  }
}

TEST(NaturalOrder, ComparesRunsOfDigitsAsNumbers) {
  EXPECT_TRUE(NaturallyPrecedes("node9", "node10"));
  EXPECT_FALSE(NaturallyPrecedes("node10", "node9"));
  EXPECT_TRUE(NaturallyPrecedes("a", "a1"));
  EXPECT_TRUE(NaturallyPrecedes("4m5", "4m1000"));
  EXPECT_TRUE(NaturallyPrecedes("1a", "1b"));
}

TEST(NaturalOrder, ComparesNumbersThatAreTooLargeAsText) {
  EXPECT_TRUE(NaturallyPrecedes("10000000000000000000", "9"));
}

TEST(NaturalOrder, IsNoOrderWhereLeadingZerosOrNothingDiffer) {
  EXPECT_TRUE(NaturallyPrecedes("1", "01"));
  EXPECT_TRUE(NaturallyPrecedes("01", "1"));
  EXPECT_FALSE(NaturallyPrecedes("", "a"));
  EXPECT_FALSE(NaturallyPrecedes("a", ""));
}

}  // namespace
}  // namespace promlite::promql::internal
