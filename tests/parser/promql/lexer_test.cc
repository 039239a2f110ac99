#include "promlite/parser/promql/lexer.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace promlite::promql::internal {
namespace {

using Kind = TokenKind;

// The kinds of all tokens of a text, the end left out.
std::vector<Kind> Kinds(std::string_view text, const ParseOptions& options = {}) {
  Lexer lexer(text, options);
  std::vector<Kind> kinds;
  for (Token token = lexer.Next(); token.kind != Kind::kEnd; token = lexer.Next()) {
    kinds.push_back(token.kind);
    if (token.kind == Kind::kError) break;
  }
  return kinds;
}

// The texts of all tokens, parted by |.
std::string Texts(std::string_view text, const ParseOptions& options = {}) {
  Lexer lexer(text, options);
  std::string texts;
  for (Token token = lexer.Next(); token.kind != Kind::kEnd; token = lexer.Next()) {
    if (token.kind == Kind::kError) return texts + "error: " + lexer.error();
    texts.append(token.Text(text)).append("|");
  }
  return texts;
}

// Where the first error is, and what it says: "4-9 message".
std::string FirstError(std::string_view text) {
  Lexer lexer(text);
  for (;;) {
    const Token token = lexer.Next();
    if (token.kind == Kind::kEnd) return "none";
    if (token.kind != Kind::kError) continue;
    return std::to_string(token.position.start) + "-" + std::to_string(token.position.end) + " " +
           lexer.error();
  }
}

TEST(Lexer, SkipsSpaceAndComments) {
  EXPECT_EQ(Texts(" \t\r\nfoo # all this\n+ # and this\r 1 # not ended"), "foo|+|1|");
  EXPECT_EQ(Texts("{ # in braces\n a # b\n = 'x' }"), "{|a|=|'x'|}|");
  EXPECT_EQ(Texts("foo[5m # behind a literal\n]"), "foo|[|5m|]|");
}

TEST(Lexer, KnowsNoOtherWhiteSpace) {
  EXPECT_EQ(FirstError("1\v2"), "1-3 unexpected character: '\\v'");
  EXPECT_EQ(FirstError("1\u00a02"), "1-4 unexpected character: '\\u00a0'");
}

TEST(Lexer, TakesTheLongestOperator) {
  EXPECT_EQ(Kinds("== != < <= > >= </ >/"),
            (std::vector<Kind>{Kind::kEqualEqual, Kind::kNotEqual, Kind::kLess, Kind::kLessOrEqual,
                               Kind::kGreater, Kind::kGreaterOrEqual, Kind::kTrimUpper,
                               Kind::kTrimLower}));
  EXPECT_EQ(Texts("a</b<=/c"), "a|</|b|<=|/|c|");
}

TEST(Lexer, WordsAreKeywordsWhateverTheirCase) {
  EXPECT_EQ(Kinds("SUM Sum sum"),
            (std::vector<Kind>{Kind::kAggregate, Kind::kAggregate, Kind::kAggregate}));
  EXPECT_EQ(Kinds("BY Offset aND iNf NaN"), (std::vector<Kind>{Kind::kBy, Kind::kOffset, Kind::kAnd,
                                                               Kind::kNumber, Kind::kNumber}));
}

TEST(Lexer, WordsWithAColonAreNeverKeywords) {
  EXPECT_EQ(Kinds("sum:x :sum by:"),
            (std::vector<Kind>{Kind::kMetricIdentifier, Kind::kMetricIdentifier,
                               Kind::kMetricIdentifier}));
}

TEST(Lexer, NoWordIsAKeywordInsideBraces) {
  EXPECT_EQ(Kinds("{sum,by,inf}"),
            (std::vector<Kind>{Kind::kLeftBrace, Kind::kIdentifier, Kind::kComma, Kind::kIdentifier,
                               Kind::kComma, Kind::kIdentifier, Kind::kRightBrace}));
  EXPECT_EQ(FirstError("{a:b}"), "2-5 unexpected character inside braces: ':'");
}

TEST(Lexer, FillIsAKeywordOnlyBeforeAParenthesis) {
  EXPECT_EQ(Kinds("fill + fill_left"),
            (std::vector<Kind>{Kind::kIdentifier, Kind::kAdd, Kind::kIdentifier}));
  EXPECT_EQ(Kinds("fill (")[0], Kind::kFill);
  EXPECT_EQ(Kinds("FILL_RIGHT\n(")[0], Kind::kFillRight);
}

TEST(Lexer, ReadsNumbers) {
  for (const char* number : {"1", "1.", ".5", "1e3", "1E-3", "1e+3", "0x1F", "0X_1f", "0755",
                             "1_000.000_1", "Inf", "nan", "08"}) {
    EXPECT_EQ(Kinds(number), std::vector<Kind>{Kind::kNumber}) << number;
  }
}

TEST(Lexer, ReadsDurations) {
  for (const char* duration : {"5m", "1h30m", "1y2w3d4h5m6s7ms", "12h", "100ms"}) {
    EXPECT_EQ(Kinds(duration), std::vector<Kind>{Kind::kDuration}) << duration;
  }
}

TEST(Lexer, RefusesWhatIsNeitherNumberNorDuration) {
  const auto bad = [](std::string_view text) {
    return "bad number or duration syntax: \"" + std::string(text) + "\"";
  };
  EXPECT_EQ(FirstError("2.5."), "0-4 " + bad("2.5."));
  EXPECT_EQ(FirstError("100..4"), "0-6 " + bad("100.."));
  EXPECT_EQ(FirstError("0deadbeef"), "0-9 " + bad("0de"));
  EXPECT_EQ(FirstError("5mm"), "0-3 " + bad("5mm"));
  EXPECT_EQ(FirstError("5m1"), "0-3 " + bad("5m1"));
  EXPECT_EQ(FirstError("1__0"), "0-4 " + bad("1__"));
  EXPECT_EQ(FirstError("1_"), "0-2 " + bad("1_"));
  EXPECT_EQ(FirstError("0o17"), "0-4 " + bad("0"));
  EXPECT_EQ(FirstError("0b1"), "0-3 " + bad("0"));
  EXPECT_EQ(FirstError("5m5y"), "0-4 " + bad("5m5"));
}

TEST(Lexer, ReadsStringsInAllQuotes) {
  EXPECT_EQ(Texts(R"("a'b" 'a"b' `a\"'
b`)"),
            "\"a'b\"|'a\"b'|`a\\\"'\nb`|");
  EXPECT_EQ(Texts(R"("\a\b\f\n\r\t\v\\\"\101\x41\u00e9\U0001F600")"),
            R"("\a\b\f\n\r\t\v\\\"\101\x41\u00e9\U0001F600"|)");
}

TEST(Lexer, RefusesBadStringsWhereTheyBegin) {
  EXPECT_EQ(FirstError(R"(1 + "a)"), "4-6 unterminated quoted string");
  EXPECT_EQ(FirstError("'a\n'"), "0-4 unterminated quoted string");
  EXPECT_EQ(FirstError("`a"), "0-2 unterminated raw string");
  EXPECT_EQ(FirstError("\"a\xff\""), "0-4 invalid UTF-8 rune");
  EXPECT_EQ(FirstError("`\xc3`"), "0-3 invalid UTF-8 rune");
  EXPECT_EQ(FirstError(R"("\)"), "0-2 escape sequence not terminated");
  EXPECT_EQ(FirstError(R"("\x4)"), "0-4 escape sequence not terminated");
  EXPECT_EQ(FirstError(R"("\c")"), "0-4 unknown escape sequence U+0063 'c'");
  EXPECT_EQ(FirstError(R"('\"')"), "0-4 unknown escape sequence U+0022 '\"'");
  EXPECT_EQ(FirstError(R"("\x.")"), "0-5 illegal character U+002E '.' in escape sequence");
  EXPECT_EQ(FirstError(R"("\18")"), "0-5 illegal character U+0038 '8' in escape sequence");
  EXPECT_EQ(FirstError(R"("\400")"), "0-6 escape sequence is an invalid Unicode code point");
  EXPECT_EQ(FirstError(R"("\ud800")"), "0-8 escape sequence is an invalid Unicode code point");
  EXPECT_EQ(FirstError(R"("\U00110000")"), "0-12 escape sequence is an invalid Unicode code point");
}

TEST(Lexer, BracketsHoldDurationsOnly) {
  EXPECT_EQ(Kinds("x[step()+RANGE()*max_of(1,2)]"),
            (std::vector<Kind>{Kind::kIdentifier, Kind::kLeftBracket, Kind::kStep, Kind::kLeftParen,
                               Kind::kRightParen, Kind::kAdd, Kind::kRange, Kind::kLeftParen,
                               Kind::kRightParen, Kind::kMul, Kind::kMaxOf, Kind::kLeftParen,
                               Kind::kNumber, Kind::kComma, Kind::kNumber, Kind::kRightParen,
                               Kind::kRightBracket}));
  EXPECT_EQ(FirstError("foo[\"5m\"]"), "4-9 unexpected character in duration expression: '\"'");
  EXPECT_EQ(FirstError("foo[#\n5m]"), "4-9 unexpected character in duration expression: '#'");
  EXPECT_EQ(FirstError("foo[stop()]"), "4-11 unexpected character in duration expression: 's'");
  EXPECT_EQ(FirstError("foo[5s x 5s]"), "7-12 unexpected character: 'x', expected ':'");
  EXPECT_EQ(FirstError("foo["), "4-4 unexpected end of input in duration expression");
  EXPECT_EQ(FirstError("foo[5m"), "6-6 unclosed left bracket");
}

TEST(Lexer, ColonsStandBehindADuration) {
  EXPECT_EQ(FirstError("foo[:5m]"), "5-8 unexpected colon before duration in duration expression");
  EXPECT_EQ(FirstError("foo[5m::5m]"), "7-11 unexpected colon ':'");
  // Each bracket begins anew.
  EXPECT_EQ(FirstError("foo[5m] + foo[:5m]"),
            "15-18 unexpected colon before duration in duration expression");
  // The words of durations are durations.
  EXPECT_EQ(FirstError("foo[step():5m] + foo[(range()):] + foo[min_of(1,2):]"), "none");
}

constexpr ParseOptions kUnquotedNames{.unquoted_utf8_names = true};

TEST(Lexer, TakesLettersAndDotsAsNames) {
  EXPECT_EQ(Texts("温度+Björn-a..b.:c*_.9", kUnquotedNames), "温度|+|Björn|-|a..b.:c|*|_.9|");
  EXPECT_EQ(Texts("{a.b='x',é=~'y'}", kUnquotedNames), "{|a.b|=|'x'|,|é|=~|'y'|}|");
  EXPECT_EQ(Texts("{a.b:c='x'}", kUnquotedNames),
            "{|a.b|error: unexpected character inside braces: ':'");
  // A name neither begins with a dot nor has other characters beyond ASCII.
  EXPECT_EQ(Texts(".a", kUnquotedNames), "error: unexpected character: '.'");
  EXPECT_EQ(Texts("o\u0308", kUnquotedNames), "o|error: unexpected character: '\u0308'");
  EXPECT_EQ(Texts("a\u0661", kUnquotedNames), "a|error: unexpected character: '\u0661'");
  EXPECT_EQ(Texts("a😀", kUnquotedNames), "a|error: unexpected character: '😀'");
}

TEST(Lexer, TakesWholeAsciiWordsForKeywords) {
  EXPECT_EQ(
      Kinds("sum.x by.x Inf.y bool.z and.a fill.b(", kUnquotedNames),
      (std::vector<Kind>{Kind::kIdentifier, Kind::kIdentifier, Kind::kIdentifier, Kind::kIdentifier,
                         Kind::kIdentifier, Kind::kIdentifier, Kind::kLeftParen, Kind::kError}));
  // The Kelvin sign is a k in lower case.
  EXPECT_EQ(Kinds("top\u212A topk limit\u212A", kUnquotedNames),
            (std::vector<Kind>{Kind::kIdentifier, Kind::kAggregate, Kind::kIdentifier}));
}

TEST(Lexer, ReadsNumbersBeforeNames) {
  EXPECT_EQ(Texts("a .5 5. 5m 5é", kUnquotedNames), "a|.5|5.|5m|5|é|");
}

TEST(Lexer, KnowsNoNamesInBrackets) {
  EXPECT_EQ(Texts("a[é]", kUnquotedNames),
            "a|[|error: unexpected character in duration expression: 'é'");
  EXPECT_EQ(Texts("a[5m é]", kUnquotedNames),
            "a|[|5m|error: unexpected character: 'é', expected ':'");
}

TEST(Lexer, RefusesUnbalancedBrackets) {
  EXPECT_EQ(FirstError("(1))"), "4-4 unexpected right parenthesis ')'");
  EXPECT_EQ(FirstError("((1)"), "4-4 unclosed left parenthesis");
  EXPECT_EQ(FirstError("foo]"), "3-4 unexpected right bracket ']'");
  EXPECT_EQ(FirstError("foo[5m[5m]"), "6-10 unexpected left bracket '['");
  EXPECT_EQ(FirstError("some}"), "4-5 unexpected character: '}'");
  EXPECT_EQ(FirstError("foo{{"), "4-5 unexpected left brace '{'");
  EXPECT_EQ(FirstError("{"), "1-1 unexpected end of input inside braces");
}

TEST(Lexer, RefusesMatchersOutsideBracesAndComparisonsInside) {
  EXPECT_EQ(FirstError("1 !~ 1"), "2-6 unexpected character after '!': '~'");
  EXPECT_EQ(FirstError("1 =~ 1"), "2-6 unexpected character after '=': '~'");
  EXPECT_EQ(FirstError("1 !"), "2-3 unexpected character after '!': '\ufffd'");
  EXPECT_EQ(FirstError("foo{a!b}"), "5-8 unexpected character after '!' inside braces: 'b'");
  EXPECT_EQ(FirstError("foo{a>b}"), "5-8 unexpected character inside braces: '>'");
  EXPECT_EQ(FirstError("."), "0-1 unexpected character: '.'");
}

}  // namespace
}  // namespace promlite::promql::internal
