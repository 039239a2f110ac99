// What Parse() says of wrong queries, and where.

#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "promlite/parser/text/position.h"
#include "promlite/tests/parser/promql/parse_helpers.h"

namespace promlite::promql {
namespace {

struct WrongQuery {
  const char* query;
  // The bytes that are wrong.
  const char* range;
  const char* message;
};

void PrintTo(const WrongQuery& wrong, std::ostream* out) { *out << wrong.query; }

// The message with the line and column of a query of one line.
std::string OnFirstLine(const WrongQuery& wrong) {
  return "1:" + std::to_string(std::stoi(wrong.range) + 1) + ": parse error: " + wrong.message;
}

class SyntaxErrors : public testing::TestWithParam<WrongQuery> {};

TEST_P(SyntaxErrors, SayWhatIsUnexpectedAndWhere) {
  EXPECT_EQ(ErrorOf(GetParam().query), OnFirstLine(GetParam())) << GetParam().query;
  EXPECT_EQ(ErrorRangeOf(GetParam().query), GetParam().range) << GetParam().query;
}

INSTANTIATE_TEST_SUITE_P(Operands, SyntaxErrors,
                         testing::ValuesIn<WrongQuery>({
                             {"# only a comment", "0-0", "no expression found in input"},
                             {"  ", "0-0", "no expression found in input"},
                             {"1+", "2-2", "unexpected end of input"},
                             {"*1", "0-1", "unexpected <op:*>"},
                             {"@ 1", "0-1", "unexpected <op:@>"},
                             {"a 1", "2-3", "unexpected number \"1\""},
                             {"a b", "2-3", "unexpected identifier \"b\""},
                             {"a b:c", "2-5", "unexpected metric identifier \"b:c\""},
                             {"a \"x\"", "2-5", "unexpected string \"\\\"x\\\"\""},
                             {"a 'a long string'", "2-17", "unexpected string \"'a long st\"..."},
                             {"a 5m", "2-4", "unexpected duration \"5m\""},
                             {"1 sum", "2-5", "unexpected <aggr:sum>"},
                             {"1 bool", "2-6", "unexpected <bool>"},
                             {"1 START", "2-7", "unexpected \"START\""},
                             {"a = b", "2-3", "unexpected \"=\""},
                             {"1 , 2", "2-3", "unexpected \",\""},
                             {"a * / b", "4-5", "unexpected <op:/>"},
                             {"(a, b)", "2-3", "unexpected \",\""},
                             {"()", "1-2", "unexpected \")\""},
                             {"a - on(b) ignoring(c) d", "10-18", "unexpected <ignoring>"},
                             {"foo + group_left(baz) bar", "6-16", "unexpected <group_left>"},
                             {"a + bool bool b", "9-13", "unexpected <bool>"},
                             {"a + fill b", "9-10", "unexpected identifier \"b\""},
                             {"a + fill(x) b", "9-10", "unexpected identifier \"x\""},
                             {"a + fill(1) fill(2) b", "16-17", "unexpected \"(\""},
                         }));

INSTANTIATE_TEST_SUITE_P(
    Selectors, SyntaxErrors,
    testing::ValuesIn<WrongQuery>({
        {"m{a=b}", "4-5", "unexpected identifier \"b\" in label matching, expected string"},
        {"m{\"a\"=b}", "6-7", "unexpected identifier \"b\" in label matching, expected string"},
        {"m{a==\"b\"}", "4-5", "unexpected \"=\" in label matching, expected string"},
        {"foo{gibberish}", "13-14",
         "unexpected \"}\" in label matching, expected label matching operator"},
        {"foo{,}", "4-5", "unexpected \",\" in label matching, expected identifier or \"}\""},
        {"foo{a=\"b\",,}", "10-11",
         "unexpected \",\" in label matching, expected identifier or \"}\""},
        {"foo{__name__=\"bar\" lol}", "19-22",
         "unexpected identifier \"lol\" in label matching, expected \",\" or \"}\""},
        {"foo{\"a\" \"b\"}", "8-11",
         "unexpected string \"\\\"b\\\"\" in label matching, expected \",\" or \"}\""},
        {"{a=~\"(\"}", "1-7", "error parsing regexp: missing closing ): `(`"},
        {"foo{\"a b\"!~'*'}", "4-14",
         "error parsing regexp: missing argument to repetition operator: `*`"},
    }));

INSTANTIATE_TEST_SUITE_P(
    Brackets, SyntaxErrors,
    testing::ValuesIn<WrongQuery>({
        {"foo[]", "4-5",
         "unexpected \"]\" in subquery or range selector, expected number, duration, step(), or "
         "range()"},
        {"foo[step]", "8-9",
         "unexpected \"]\" in subquery or range selector, expected number, duration, step(), or "
         "range()"},
        {"foo[5m+]", "7-8",
         "unexpected \"]\" in subquery or range selector, expected number, duration, step(), or "
         "range()"},
        {"foo[(5m]", "7-8",
         "unexpected \"]\" in subquery or range selector, expected number, duration, step(), or "
         "range()"},
        {"foo[max_of(1)]", "12-13",
         "unexpected \")\" in subquery or range selector, expected number, duration, step(), or "
         "range()"},
        {"foo[max_of(1,2,3)]", "14-15",
         "unexpected \",\" in subquery or range selector, expected number, duration, step(), or "
         "range()"},
        {"foo[5m 5m]", "7-9",
         "unexpected duration \"5m\" in subquery or range, expected \":\" or \"]\""},
        {"foo[5m:5m 5m]", "10-12",
         "unexpected duration \"5m\" in subquery selector, expected \"]\""},
        {"foo[5m:*]", "7-8",
         "unexpected <op:*> in subquery selector, expected number, duration, step(), range(), or "
         "\"]\""},
        {"foo[0]", "4-5", "duration must be greater than 0"},
        {"foo[-5m]", "4-7", "duration must be greater than 0"},
        {"foo[5m:0s]", "7-9", "duration must be greater than 0"},
        {"foo[1e10]", "4-8", "duration out of range"},
        {"foo[-1e10]", "5-9", "duration out of range"},
        {"foo[5m/0]", "6-7", "division by zero"},
        {"foo[5m%0]", "6-7", "modulo by zero"},
        {"foo[(5m%0]", "7-8", "modulo by zero"},
        {"foo[5m1h]", "4-8", "not a valid duration string: \"5m1h\""},
        {"foo[5m1m]", "4-8", "not a valid duration string: \"5m1m\""},
        {"foo[5y1hs]", "4-9", "unknown unit \"hs\" in duration \"5y1hs\""},
        {"foo[300y]", "4-8", "duration out of range"},
        {"foo[9223372036s1000ms]", "4-21", "duration out of range"},
        {"(foo)[5m]", "5-9", "ranges only allowed for vector selectors"},
        {"foo[5m][5m]", "7-11", "ranges only allowed for vector selectors"},
        {"foo offset 1m[5m]", "13-17", "no offset modifiers allowed before range"},
        {"foo offset step()[5m]", "17-21", "no offset modifiers allowed before range"},
        {"foo @ 1 [5m]", "8-12", "no @ modifiers allowed before range"},
        {"foo @ end()[5m]", "11-15", "no @ modifiers allowed before range"},
    }));

INSTANTIATE_TEST_SUITE_P(
    Modifiers, SyntaxErrors,
    testing::ValuesIn<WrongQuery>({
        {"m OFFSET", "8-8",
         "unexpected end of input in offset, expected number, duration, step(), or range()"},
        {"m offset foo", "9-12",
         "unexpected identifier \"foo\" in offset, expected number, duration, step(), or range()"},
        {"m offset (5m) + foo", "16-19",
         "unexpected identifier \"foo\" in offset, expected number, duration, step(), or range()"},
        {"m offset -1e10", "9-10", "duration out of range"},
        {"m @", "3-3", "unexpected end of input in @, expected timestamp"},
        {"m @ foo", "4-7", "unexpected identifier \"foo\" in @, expected timestamp"},
        {"m @ -start()", "5-10", "unexpected \"start\" in @, expected timestamp"},
        {"m @ start", "9-9", "unexpected end of input in @, expected timestamp"},
        {"m @ end(1)", "8-9", "unexpected number \"1\" in @, expected timestamp"},
        {"m @ Inf", "0-1", "timestamp out of bounds for @ modifier: +Inf"},
        {"m @ -Inf", "0-1", "timestamp out of bounds for @ modifier: -Inf"},
        {"m @ NaN", "0-1", "timestamp out of bounds for @ modifier: NaN"},
        {"m @ 1e19", "0-1", "timestamp out of bounds for @ modifier: 10000000000000000000.000000"},
        {"m @ 1 @ 2", "0-5", "@ <timestamp> may not be set multiple times"},
        {"m @ start() @ 2", "0-11", "@ <timestamp> may not be set multiple times"},
        {"1 @ 2", "0-1",
         "@ modifier must be preceded by an instant vector selector or range vector selector or a "
         "subquery"},
        {"(m) offset 1m", "0-3",
         "offset modifier must be preceded by an instant vector selector or range vector selector "
         "or a subquery"},
        {"m offset 1m offset 1m", "0-11", "offset may not be set multiple times"},
        {"m[1m] offset step() offset 1m", "0-19", "offset may not be set multiple times"},
        {"m anchored smoothed", "0-1", "anchored and smoothed modifiers cannot be used together"},
        {"m[1m:] anchored", "0-6", "anchored modifier is not supported for subqueries"},
        {"m[1m:] smoothed", "0-6", "smoothed modifier is not supported for subqueries"},
        {"1 anchored", "0-1", "anchored modifier not implemented"},
        {"m[1m:] exact", "0-6", "exact modifier is not supported for subqueries"},
        {"m[1m] anchored exact", "0-5", "anchored and exact modifiers cannot be used together"},
        {"m[1m] exact smoothed", "0-5", "smoothed and exact modifiers cannot be used together"},
        {"m exact", "0-1",
         "exact modifier is for range vector selectors: a range in brackets must precede it"},
        {"1 exact", "0-1", "exact modifier not implemented"},
        {"(m) smoothed", "0-3", "smoothed modifier not implemented"},
    }));

INSTANTIATE_TEST_SUITE_P(
    AggregationsAndCalls, SyntaxErrors,
    testing::ValuesIn<WrongQuery>({
        {"sum(x) by test", "10-14",
         "unexpected identifier \"test\" in grouping opts, expected \"(\""},
        {"sum without(==)(x)", "12-14", "unexpected <op:==> in grouping opts, expected label"},
        {"sum by (without) (x)", "8-15", "unexpected <without> in grouping opts, expected label"},
        {"sum by (,) (x)", "8-9", "unexpected \",\" in grouping opts, expected label"},
        {"sum by (a b)(x)", "10-11",
         "unexpected identifier \"b\" in grouping opts, expected \",\" or \")\""},
        {"sum by (\"\") (x)", "8-10", "invalid label name for grouping: \"\""},
        {"sum by (\"\\xff\") (x)", "8-14", "invalid label name for grouping: \"\\xff\""},
        {"a + on x b", "7-8", "unexpected identifier \"x\" in grouping opts, expected \"(\""},
        {"a + on(x) group_left", "20-20",
         "unexpected end of input in grouping opts, expected \"(\""},
        {"sum some_metric by (test)", "4-15", "unexpected identifier \"some_metric\""},
        {"sum by (a) 5", "11-12", "unexpected number \"5\" in aggregation"},
        {"sum(1 2)", "6-7", "unexpected number \"2\" in aggregation"},
        {"sum(abs((1 2)))", "11-12", "unexpected number \"2\" in aggregation"},
        {"abs(sum(x) 2)", "11-12", "unexpected number \"2\""},
        {"sum (x) without (a) by (b)", "20-22", "unexpected <by>"},
        {"sum by (a) (x) by (b)", "15-17", "unexpected <by>"},
        {"sum()", "0-5", "no arguments for aggregate expression provided"},
        {"sum(a, b)", "0-9",
         "wrong number of arguments for aggregate expression provided, expected 1, got 2"},
        {"topk(a) by (x)", "0-14",
         "wrong number of arguments for aggregate expression provided, expected 2, got 1"},
        {"topk(5, a,)", "9-10", "trailing commas not allowed in function call args"},
        {"abs(a, *)", "5-6", "trailing commas not allowed in function call args"},
        {"abs(,a)", "4-5", "unexpected \",\""},
        {"nothing(a)", "0-7", "unknown function with name \"nothing\""},
        {"RATE(a[5m])", "0-4", "unknown function with name \"RATE\""},
        {"a:b(x)", "3-4", "unexpected \"(\""},
        {"nothing(a) * * 2", "0-7", "unknown function with name \"nothing\""},
    }));

INSTANTIATE_TEST_SUITE_P(
    Numbers, SyntaxErrors,
    testing::ValuesIn<WrongQuery>({
        {"0x", "0-2", "error parsing number: strconv.ParseFloat: parsing \"0x\": invalid syntax"},
        {"(1e)", "1-3", "error parsing number: strconv.ParseFloat: parsing \"1e\": invalid syntax"},
        {"1e400", "0-5",
         "error parsing number: strconv.ParseFloat: parsing \"1e400\": value out of range"},
    }));

// What is no token of the language is said in the same way, and nothing else of that place.
INSTANTIATE_TEST_SUITE_P(
    Tokens, SyntaxErrors,
    testing::ValuesIn<WrongQuery>({
        {".", "0-1", "unexpected character: '.'"},
        {"a . b", "2-5", "unexpected character: '.'"},
        {"$x", "0-2", "unexpected character: '$'"},
        {"\u00e9", "0-2", "unexpected character: '\u00e9'"},
        {"a ; b", "2-5", "unexpected character: ';'"},
        {"a || b", "2-6", "unexpected character: '|'"},
        {"a }", "2-3", "unexpected character: '}'"},
        {"x{", "2-2", "unexpected end of input inside braces"},
        {"x{{", "2-3", "unexpected left brace '{'"},
        {"x{a!b}", "3-6", "unexpected character after '!' inside braces: 'b'"},
        {"x{a!", "3-4", "unexpected character after '!' inside braces: '\ufffd'"},
        {"x{a>b}", "3-6", "unexpected character inside braces: '>'"},
        {"x{a:b=\"b\"}", "3-10", "unexpected character inside braces: ':'"},
        {"x{1=\"b\"}", "2-8", "unexpected character inside braces: '1'"},
        {"1 !~ 1", "2-6", "unexpected character after '!': '~'"},
        {"1 =~ 1", "2-6", "unexpected character after '=': '~'"},
        {"1 !", "2-3", "unexpected character after '!': '\ufffd'"},
        {"\"a", "0-2", "unterminated quoted string"},
        {"'a", "0-2", "unterminated quoted string"},
        {"`a", "0-2", "unterminated raw string"},
        {"\"\\", "0-2", "escape sequence not terminated"},
        {"\"\\x4", "0-4", "escape sequence not terminated"},
        {"\"\\c\"", "0-4", "unknown escape sequence U+0063 'c'"},
        {"\"\\x.g\"", "0-6", "illegal character U+002E '.' in escape sequence"},
        {"\"\\400\"", "0-6", "escape sequence is an invalid Unicode code point"},
        {"\"\\ud800\"", "0-8", "escape sequence is an invalid Unicode code point"},
        {"x{a=\"\\q\"}", "4-9", "unknown escape sequence U+0071 'q'"},
        {"sum by (\"\\q\") (x)", "8-17", "unknown escape sequence U+0071 'q'"},
        {"((1)", "4-4", "unclosed left parenthesis"},
        {"(1))", "4-4", "unexpected right parenthesis ')'"},
        {"x[5m", "4-4", "unclosed left bracket"},
        {"x[", "2-2", "unexpected end of input in duration expression"},
        {"x]", "1-2", "unexpected right bracket ']'"},
        {"x[5m[5m]", "4-8", "unexpected left bracket '['"},
        {"x[5m))", "5-6", "unexpected right parenthesis ')'"},
        {"x[(5m))]", "7-8", "unexpected right parenthesis ')'"},
        {"x[range(:1s]", "8-9",
         "unexpected \":\" in subquery or range selector, expected number, duration, step(), or "
         "range()"},
        {"x[\"5m\"]", "2-7", "unexpected character in duration expression: '\"'"},
        {"x[#5m]", "2-6", "unexpected character in duration expression: '#'"},
        {"x[foo]", "2-6", "unexpected character in duration expression: 'f'"},
        {"x[5m foo]", "5-9", "unexpected character: 'f', expected ':'"},
        {"x[.]", "2-4", "unexpected character in duration expression: '.'"},
        {"x[5m.]", "4-6", "unexpected character: '.'"},
        {"x[:5m]", "3-6", "unexpected colon before duration in duration expression"},
        {"x[5m] + y[:1m]", "11-14", "unexpected colon before duration in duration expression"},
        {"x[(:1s)]", "4-8", "unexpected colon before duration in duration expression"},
        {"x[step()::5m]", "10-13", "unexpected repeated colon in duration expression"},
        {"x[5m::5m]", "5-9", "unexpected colon ':'"},
        {"x[5m:5m:]", "7-9", "unexpected colon ':'"},
        {"x[5m:] + y[step()::5m]", "19-22", "unexpected repeated colon in duration expression"},
        {"2.5.", "0-4", "bad number or duration syntax: \"2.5.\""},
        {"1_", "0-2", "bad number or duration syntax: \"1_\""},
        {"1e", "0-2", "bad number or duration syntax: \"1e\""},
        {"5mm", "0-3", "bad number or duration syntax: \"5mm\""},
        {"x @ 5mm", "4-7", "bad number or duration syntax: \"5mm\""},
        {"x offset 1h1h", "9-13", "not a valid duration string: \"1h1h\""},
        {"a : b", "2-3", "unexpected metric identifier \":\""},
        {"1:1", "1-3", "unexpected metric identifier \":1\""},
    }));

TEST(SyntaxErrorPositions, CountLinesAndBytes) {
  EXPECT_EQ(ErrorOf("foo\n  + # \u00e9\n\u00e9"),
            "3:1: parse error: unexpected character: '\u00e9'");
  EXPECT_EQ(ErrorOf("'\u00e9' *"), "1:7: parse error: unexpected end of input");
  EXPECT_EQ(ErrorOf(""), "unknown position: parse error: no expression found in input");
  EXPECT_EQ(ErrorOf("\n\n"), "1:1: parse error: no expression found in input");
}

TEST(SyntaxErrorPositions, AreKeptBesideTheMessage) {
  const absl::Status status = Parse("foo + bool bar baz").status();
  EXPECT_EQ(ErrorPosition(status), (PositionRange{15, 18}));
  EXPECT_EQ(ErrorPosition(absl::InternalError("another")), std::nullopt);
}

class TypeErrors : public testing::TestWithParam<WrongQuery> {};

TEST_P(TypeErrors, SayWhatIsExpectedAndWhere) {
  EXPECT_EQ(ErrorOf(GetParam().query), OnFirstLine(GetParam())) << GetParam().query;
  EXPECT_EQ(ErrorRangeOf(GetParam().query), GetParam().range) << GetParam().query;
}

// The range of an operator with its modifiers ends, as in Prometheus, with its last byte.
constexpr char kOperands[] = "binary expression must contain only scalar and instant vector types";

INSTANTIATE_TEST_SUITE_P(
    BinaryOperators, TypeErrors,
    testing::ValuesIn<WrongQuery>({
        {"1 and 1", "0-7", "set operator \"and\" not allowed in binary scalar expression"},
        {"x or 1", "0-6", "set operator \"or\" not allowed in binary scalar expression"},
        {"1 unless x", "0-10", "set operator \"unless\" not allowed in binary scalar expression"},
        {"1 ==  2", "2-3", "comparisons between scalars must use BOOL modifier"},
        {"x + bool y", "2-7", "bool modifier can only be used on comparison operators"},
        {"1 and bool 2", "2-9", "bool modifier can only be used on comparison operators"},
        {"x[5m] + 1", "0-5", kOperands},
        {"1 + \"x\"", "4-7", kOperands},
        {"x == on(a) 1", "0-12", "vector matching only allowed between instant vectors"},
        {"1 or on(a) x", "0-12", "vector matching only allowed between instant vectors"},
        {"x + fill(0) 1", "0-13", "filling in missing series only allowed between instant vectors"},
        {"x and on(a) group_left(b) y", "0-27", "no grouping allowed for \"and\" operation"},
        {"x or fill(0) y", "0-14", "filling in missing series not allowed for set operators"},
        {"x + on(a, b) group_left(c, b) y", "2-28",
         "label \"b\" must not occur in ON and GROUP clause at once"},
    }));

TEST(TypeRules, EmptyMatchingLabelsBesideAScalarAreNone) {
  EXPECT_EQ(ErrorOf("x + on() 1"), "parsed: x + 1");
  EXPECT_EQ(ErrorOf("x + ignoring(a, b) group_left(b) y"),
            "parsed: x + ignoring (a, b) group_left (b) y");
}

INSTANTIATE_TEST_SUITE_P(
    OtherNodes, TypeErrors,
    testing::ValuesIn<WrongQuery>({
        {"-'x'", "0-4",
         "unary expression only allowed on expressions of type scalar or instant vector, got "
         "\"string\""},
        {"1 - -x[5m]", "4-10",
         "unary expression only allowed on expressions of type scalar or instant vector, got "
         "\"range vector\""},
        {"x[5m][5m:]", "0-10", "subquery is only allowed on instant vector, got matrix instead"},
        {"(1)[5m:]", "0-8", "subquery is only allowed on instant vector, got scalar instead"},
        {"'x'[5m:]", "0-8", "subquery is only allowed on instant vector, got string instead"},
        {"1 + {}", "4-6", "vector selector must contain at least one non-empty matcher"},
        {"{a=''}", "0-6", "vector selector must contain at least one non-empty matcher"},
        {"{a!='b', c=~'d*'}", "0-17",
         "vector selector must contain at least one non-empty matcher"},
        {"{a!~'.+'}", "0-9", "vector selector must contain at least one non-empty matcher"},
        {"{a=~'|b'}", "0-9", "vector selector must contain at least one non-empty matcher"},
        {"foo{__name__='bar'}", "0-19", "metric name must not be set twice: \"foo\" or \"bar\""},
        {"foo{'bar'}", "0-10", "metric name must not be set twice: \"foo\" or \"bar\""},
        {"sum(1)", "4-5", "expected type instant vector in aggregation expression, got scalar"},
        {"topk(x, y)", "5-6", "expected type scalar in aggregation parameter, got instant vector"},
        {"count_values(1, y)", "13-14",
         "expected type string in aggregation parameter, got scalar"},
        // The operand is looked at before the parameter.
        {"topk('a', 'b')", "10-13",
         "expected type instant vector in aggregation expression, got string"},
    }));

INSTANTIATE_TEST_SUITE_P(
    Calls, TypeErrors,
    testing::ValuesIn<WrongQuery>({
        {"floor()", "0-7", "expected 1 argument(s) in call to \"floor\", got 0"},
        {"floor(x, y)", "0-11", "expected 1 argument(s) in call to \"floor\", got 2"},
        {"time(x)", "0-7", "expected 0 argument(s) in call to \"time\", got 1"},
        {"hour(x, y, z)", "0-13", "expected at most 1 argument(s) in call to \"hour\", got 3"},
        {"label_join(x, 'a')", "0-18",
         "expected at least 3 argument(s) in call to \"label_join\", got 2"},
        {"floor(1)", "6-7",
         "expected type instant vector in call to function \"floor\", got scalar"},
        {"1 + rate(x)", "9-10",
         "expected type range vector in call to function \"rate\", got instant vector"},
        {"label_join(x, 'a', ',', 'b', 1)", "29-30",
         "expected type string in call to function \"label_join\", got scalar"},
        {"round(x, y)", "9-10",
         "expected type scalar in call to function \"round\", got instant vector"},
        // The number of arguments is looked at before any of them.
        {"floor({}, 1)", "0-12", "expected 1 argument(s) in call to \"floor\", got 2"},
        {"info(x, y)", "8-9", "expected label selectors only, got vector selector instead"},
        {"info(x, y{a='b'})", "8-16", "expected label selectors only, got vector selector instead"},
        {"info(x, abs({a='b'}))", "8-20", "expected label selectors only"},
        {"info(x, 1)", "0-10",
         "expected type instant vector in call to function \"info\", got scalar"},
    }));

TEST(TypeRules, TheLastArgumentsOfVariadicFunctionsMayBeMissing) {
  for (const char* query :
       {"sort_by_label(x)", "round(x)", "hour()", "label_join(x, 'd', ',')", "info(x)"}) {
    EXPECT_EQ(ErrorOf(query).substr(0, 7), "parsed:") << query;
  }
}

TEST(TypeRules, AStringOrARangeVectorAloneIsNone) {
  EXPECT_EQ(ErrorOf("'x'"), "parsed: \"x\"");
  EXPECT_EQ(ErrorOf("x[5m]"), "parsed: x[5m]");
}

TEST(Options, ExperimentalFunctionsAreRefusedByDefault) {
  EXPECT_EQ(ErrorOf("1 + step()", {}), "1:5: parse error: function \"step\" is not enabled");
  EXPECT_EQ(ErrorOf("info(x)", {}), "1:1: parse error: function \"info\" is not enabled");
  EXPECT_EQ(ErrorOf("limitk(1, x)", {}),
            "1:1: parse error: limitk() is experimental and must be enabled with "
            "--enable-feature=promql-experimental-functions");
  EXPECT_EQ(ErrorOf("limit_ratio(1, x)", {}).substr(0, 32), "1:1: parse error: limit_ratio() ");
}

TEST(Options, ExtendedRangesNeedNone) {
  EXPECT_EQ(ErrorOf("rate(x[5m] anchored)", {}), "parsed: rate(x[5m] anchored)");
  EXPECT_EQ(ErrorOf("x smoothed", {}), "parsed: x smoothed");
}

TEST(Options, ALanguageWithoutExtendedRangesRefusesThem) {
  const ParseOptions prometheus2{.extended_ranges = false};
  EXPECT_EQ(ErrorOf("rate(x[5m] anchored)", prometheus2),
            "1:6: parse error: anchored modifier is experimental and not enabled");
  EXPECT_EQ(ErrorOf("x smoothed", prometheus2),
            "1:1: parse error: smoothed modifier is experimental and not enabled");
}

TEST(Options, NamesBeyondAsciiAreRefusedByDefault) {
  EXPECT_EQ(ErrorOf("http.requests", {}), "1:5: parse error: unexpected character: '.'");
  EXPECT_EQ(ErrorOf("温度", {}), "1:1: parse error: unexpected character: '温'");
  EXPECT_EQ(ErrorOf("x{é='a'}", {}), "1:3: parse error: unexpected character inside braces: 'é'");
}

TEST(Options, UnquotedNamesMayHaveLettersAndDots) {
  const ParseOptions unquoted{.unquoted_utf8_names = true};
  EXPECT_EQ(ErrorOf("foo²", unquoted), "1:4: parse error: unexpected character: '²'");
  EXPECT_EQ(ErrorOf(".foo", unquoted), "1:1: parse error: unexpected character: '.'");
  EXPECT_EQ(ErrorOf("a and.x b", unquoted), "1:3: parse error: unexpected identifier \"and.x\"");
  EXPECT_EQ(ErrorOf("rate.total(x)", unquoted),
            "1:1: parse error: unknown function with name \"rate.total\"");
}

TEST(Options, GroupingsTakeColonsOnlyWithoutUnquotedNames) {
  EXPECT_EQ(ErrorOf("sum by (a:b) (x)", {}), "parsed: sum by (\"a:b\") (x)");
  const ParseOptions unquoted{.unquoted_utf8_names = true};
  EXPECT_EQ(ErrorOf("sum by (a:b) (x)", unquoted),
            "1:9: parse error: invalid label name for grouping: \"a:b\"");
  EXPECT_EQ(ErrorOf("é + on (é, a:b) x", unquoted),
            "1:14: parse error: invalid label name for grouping: \"a:b\"");
  EXPECT_EQ(ErrorOf("sum by ('a:b') (x)", unquoted), "parsed: sum by (\"a:b\") (x)");
}

TEST(Options, FillModifiersAreRefusedByDefault) {
  EXPECT_EQ(ErrorOf("1 + (a + fill(0) b)", {}),
            "1:6: parse error: binop fill modifiers are experimental and not enabled");
}

TEST(Options, CalculatedDurationsAreAlwaysAllowed) {
  EXPECT_EQ(ErrorOf("x[5m * 2] offset -(step() + 1)", {}),
            "parsed: x[5m * 2] offset -(step() + 1)");
}

TEST(Options, EachEnablesItsPartOnly) {
  ParseOptions options;
  options.binop_fill_modifiers = true;
  EXPECT_EQ(ErrorOf("a + fill (0) b", options), "parsed: a + fill (0) b");
  EXPECT_NE(ErrorOf("step()", options), "parsed: step()");
  options = {};
  options.experimental_functions = true;
  EXPECT_EQ(ErrorOf("step()", options), "parsed: step()");
  EXPECT_NE(ErrorOf("a.b", options), "parsed: a.b");
  options = {};
  options.unquoted_utf8_names = true;
  EXPECT_EQ(ErrorOf("a.b", options), "parsed: a.b");
  EXPECT_NE(ErrorOf("step()", options), "parsed: step()");
}

}  // namespace
}  // namespace promlite::promql
