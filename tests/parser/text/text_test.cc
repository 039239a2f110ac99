// The small pieces of text that messages and printed expressions consist of.

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "promlite/parser/text/durations.h"
#include "promlite/parser/text/json_string.h"
#include "promlite/parser/text/milliseconds.h"
#include "promlite/parser/text/position.h"
#include "promlite/parser/text/quoting.h"
#include "promlite/parser/text/utf8.h"
#include "promlite/parser/text/white_space.h"

namespace promlite::internal {
namespace {

TEST(LineAndColumn, CountsFromOneInBytes) {
  EXPECT_EQ(LineAndColumn("abc", 0), "1:1");
  EXPECT_EQ(LineAndColumn("abc", 3), "1:4");
  EXPECT_EQ(LineAndColumn("a\nbc", 1), "1:2");
  EXPECT_EQ(LineAndColumn("a\nbc", 2), "2:1");
  EXPECT_EQ(LineAndColumn("\n\n\u00e9x", 4), "3:3");
  EXPECT_EQ(LineAndColumn("", 0), "unknown position");
  EXPECT_EQ(LineAndColumn("abc", 4), "invalid position");
  EXPECT_EQ(LineAndColumn("abc", -1), "invalid position");
}

TEST(Quoting, EscapesAsGoDoes) {
  EXPECT_EQ(DoubleQuoted("a\"b\\c'd"), R"("a\"b\\c'd")");
  EXPECT_EQ(DoubleQuoted("\a\b\f\n\r\t\v"), R"("\a\b\f\n\r\t\v")");
  EXPECT_EQ(DoubleQuoted(std::string_view("\0\x7f\xff", 3)), R"("\x00\x7f\xff")");
  EXPECT_EQ(DoubleQuoted("\u00e9\u200b\u00a0\U000e0001"), "\"\u00e9\\u200b\\u00a0\\U000e0001\"");
  EXPECT_EQ(SingleQuoted('\''), R"('\'')");
  EXPECT_EQ(SingleQuoted('"'), "'\"'");
  EXPECT_EQ(SingleQuoted(0xFFFFFFFF), "'\ufffd'");
  EXPECT_EQ(CodePoint('c'), "U+0063 'c'");
  EXPECT_EQ(CodePoint('\n'), "U+000A");
  EXPECT_EQ(CodePoint(0x1F600), "U+1F600 '\U0001F600'");
}

TEST(Quoting, EscapesInTelemetryAsGoDoes) {
  EXPECT_EQ(DoubleQuoted("a\"b\\c"), R"("a\"b\\c")");
  EXPECT_EQ(DoubleQuoted("\a\b\f\n\r\t\v"), R"("\a\b\f\n\r\t\v")");
  EXPECT_EQ(DoubleQuoted(std::string("\x00\x7f", 2)), R"("\x00\x7f")");
  EXPECT_EQ(DoubleQuoted("é€😀"), R"("é€😀")");
  EXPECT_EQ(DoubleQuoted("\u200b\u00a0\ufeff"), R"("\u200b\u00a0\ufeff")");
  EXPECT_EQ(DoubleQuoted("\xff\xc3"), R"("\xff\xc3")");
  EXPECT_EQ(DoubleQuoted("\U000e0001"), R"("\U000e0001")");
}

// Go's `fmt.Sprintf("%q", ...)` of the same strings. None of them is a control or a space: Unicode
// has not given them a character, or one that is not seen.
TEST(Quoting, EscapesWhatHasNoVisibleForm) {
  EXPECT_EQ(DoubleQuoted("\u0378x"), R"("\u0378x")");
  EXPECT_EQ(DoubleQuoted("a\u0600\U0001d173\ufdd0"), R"("a\u0600\U0001d173\ufdd0")");
  EXPECT_EQ(DoubleQuoted("\u2fff\u0e00\U0003ffff\u00ad"), R"("\u2fff\u0e00\U0003ffff\u00ad")");
  EXPECT_EQ(DoubleQuoted("\u0377\ufffd"), "\"\u0377\ufffd\"");
}

TEST(Utf8, OnlyShortestFormsOfCodePointsAreValid) {
  EXPECT_TRUE(IsValidName("\u00e9\u4e16\U0001F600"));
  for (const char* invalid : {"", "\x80", "\xc0\xaf", "\xe0\x80\xaf", "\xed\xa0\x80",
                              "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80", "a\xe4\xb8"}) {
    EXPECT_FALSE(IsValidName(invalid)) << invalid;
  }
  for (const uint32_t rune : {0x41u, 0xE9u, 0x4E16u, 0x1F600u}) {
    std::string text;
    AppendRune(rune, &text);
    EXPECT_EQ(DecodeRune(text).rune, rune);
    EXPECT_EQ(static_cast<size_t>(DecodeRune(text).bytes), text.size());
  }
}

TEST(Utf8, ReplacesEachByteThatIsNot_AndTellsWhereTheOthersWere) {
  std::vector<size_t> origins;
  EXPECT_EQ(ReplaceInvalidUtf8("a\xff\u00e9\xe4\xb8", &origins), "a\ufffd\u00e9\ufffd\ufffd");
  EXPECT_EQ(origins, (std::vector<size_t>{0, 1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 6}));
  EXPECT_EQ(ReplaceInvalidUtf8(""), "");
}

TEST(WhiteSpace, IsTrimmedAtBothEnds) {
  EXPECT_EQ(TrimSpace(" \t\u00a0a b\u3000\u2029\n"), "a b");
  EXPECT_EQ(TrimSpace("\u200b \xff"), "\u200b \xff");
  EXPECT_EQ(TrimSpace(" \u0085 "), "");
}

// Of the encoders that Prometheus uses, each escapes something else. The first string is what Go's
// encoding/json writes.
TEST(JsonString, EscapesWhatItsEncoderEscapes) {
  const std::string_view text = "\a\b\f\n\r\t\v\x7f<>&\u2028\u2029\xff\"\\/\u00e9";
  const auto quote = [&](const JsonEscapes& escapes) {
    std::string out;
    AppendJsonString(text, escapes, &out);
    return out;
  };
  EXPECT_EQ(quote(kJsonOfAttributes),
            "\"\\u0007\\b\\f\\n\\r\\t\\u000b\x7f<>&\\u2028\\u2029\\ufffd\\\"\\\\/\u00e9\"");
  EXPECT_EQ(quote(kJsonOfMessages),
            "\"\\u0007\\u0008\\u000c\\n\\r\\t\\u000b\x7f\\u003c\\u003e\\u0026\\u2028\\u2029\\ufffd"
            "\\\"\\\\/\u00e9\"");
  EXPECT_EQ(quote(kJsonOfLabels),
            "\"\\u0007\\u0008\\u000c\\n\\r\\t\\u000b\x7f<>&\u2028\u2029\\ufffd\\\"\\\\/\u00e9\"");
}

TEST(Milliseconds, AreFlooredForTimes_AndTruncatedForDurations) {
  EXPECT_EQ(FloorMilliseconds(1'999'999), 1);
  EXPECT_EQ(FloorMilliseconds(-1), -1);
  EXPECT_EQ(FloorMilliseconds(-1'000'000), -1);
  EXPECT_EQ(TruncatedMilliseconds(1'999'999), 1);
  EXPECT_EQ(TruncatedMilliseconds(-1'999'999), -1);
}

TEST(Durations, AreWrittenWithTheLargestUnitsFirst) {
  EXPECT_EQ(FormatDuration(0), "0s");
  EXPECT_EQ(FormatDuration(999'999), "0s");
  EXPECT_EQ(FormatDuration(90'061'001'000'000), "1d1h1m1s1ms");
  EXPECT_EQ(FormatDuration(-60'000'000'000), "-1m");
  EXPECT_EQ(FormatDuration(std::numeric_limits<int64_t>::min()), "-106751d23h47m16s854ms");
}

TEST(Durations, RoundAndSaturateAsGoOnAmd64) {
  EXPECT_EQ(RoundToInt64(2.5), 3);
  EXPECT_EQ(RoundToInt64(-2.5), -3);
  constexpr int64_t kLowest = std::numeric_limits<int64_t>::min();
  EXPECT_EQ(RoundToInt64(1e300), kLowest);
  EXPECT_EQ(RoundToInt64(-1e300), kLowest);
  EXPECT_EQ(RoundToInt64(std::nan("")), kLowest);
}

}  // namespace
}  // namespace promlite::internal
