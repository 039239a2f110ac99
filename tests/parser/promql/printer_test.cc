#include "promlite/parser/promql/printer.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "promlite/tests/parser/promql/parse_helpers.h"

namespace promlite::promql {
namespace {

std::string Printed(std::string_view query) { return Print(*MustParse(query)); }

TEST(Print, SortsMatchersAndDropsThatOfTheName) {
  EXPECT_EQ(Printed(R"(foo{z="1", a!="2" ,b=~'3',c!~`4`,})"), R"(foo{a!="2",b=~"3",c!~"4",z="1"})");
  EXPECT_EQ(Printed(R"({__name__="foo", a="b"})"), R"({__name__="foo",a="b"})");
  EXPECT_EQ(Printed(R"({"foo"})"), R"({__name__="foo"})");
  EXPECT_EQ(Printed(R"({"two words", "a.b"="c\n"})"), R"({"a.b"="c\n",__name__="two words"})");
  EXPECT_EQ(Printed("info(x, {})"), "info(x, {})");
  EXPECT_EQ(Printed("info(info(x, {a='b'}), {})"), "info(info(x, {a=\"b\"}), {})");
}

TEST(Print, QuotesLabelsAsTheLanguageNeedsIt) {
  const auto printed = [](std::string_view query, bool unquoted) {
    const auto expr = Parse(query, {.unquoted_utf8_names = unquoted});
    return expr.ok() ? Print(**expr) : std::string(expr.status().message());
  };
  const std::string query =
      R"(sum by ("a.b", "c d") (m{"é"="x","a:b"="y"}) / on ("a.b") group_left ("é") n)";
  EXPECT_EQ(printed(query, false),
            R"(sum by ("a.b", "c d") (m{"a:b"="y","é"="x"}) / on ("a.b") group_left ("é") n)");
  EXPECT_EQ(printed(query, true),
            R"(sum by (a.b, "c d") (m{"a:b"="y",é="x"}) / on (a.b) group_left (é) n)");
  EXPECT_EQ(printed("http.requests:温度[5m]", true), "http.requests:温度[5m]");
  EXPECT_EQ(printed(R"({"http.requests"})", true), R"({__name__="http.requests"})");
}

TEST(Print, KeepsParenthesesAroundDurations) {
  EXPECT_EQ(Printed("x[(5m)] offset (1m)"), "x[(5m)] offset (1m)");
  EXPECT_EQ(Printed("x offset -(3s)"), "x offset -(3s)");
  EXPECT_EQ(Printed("x[((5m)):(1s)]"), "x[(5m):(1s)]");
  EXPECT_EQ(Printed("x[5m:max_of(1s, 2s)]"), "x[5m:max_of(1s, 2s)]");
}

TEST(Print, PutsModifiersInOneOrder) {
  EXPECT_EQ(Printed("x offset 90s @ 1.5"), "x @ 1.500 offset 1m30s");
  EXPECT_EQ(Printed("x offset -1w @ start() anchored"), "x @ start() anchored offset -1w");
  EXPECT_EQ(Printed("x[5m] offset -1w @ end() exact"), "x[5m] exact @ end() offset -1w");
  EXPECT_EQ(Printed("exact{exact='exact'}[5m] EXACT"), "exact{exact=\"exact\"}[5m] exact");
  EXPECT_EQ(Printed("x smoothed[5m] offset 1h @ end()"), "x[5m] smoothed @ end() offset 1h");
  EXPECT_EQ(Printed("x[5m:] offset 1h @ 3"), "x[5m:] @ 3.000 offset 1h");
  EXPECT_EQ(Printed("x[300:0.5]"), "x[5m:500ms]");
}

TEST(Print, WritesDurationsWithTheirUnits) {
  EXPECT_EQ(Printed("90061s"), "1d1h1m1s");
  EXPECT_EQ(Printed("365d"), "1y");
  EXPECT_EQ(Printed("366d"), "366d");
  EXPECT_EQ(Printed("14d"), "2w");
  EXPECT_EQ(Printed("15d"), "15d");
  EXPECT_EQ(Printed("0s"), "0s");
  EXPECT_EQ(Printed("-1h"), "-1h");
  EXPECT_EQ(Printed("1s1ms"), "1s1ms");
  EXPECT_EQ(Printed("x[0.0005]"), "x[0.0005]");
}

TEST(Print, WritesNumbersWithoutExponent) {
  EXPECT_EQ(Printed("1e21"), "1000000000000000000000");
  EXPECT_EQ(Printed("1e-7"), "0.0000001");
  EXPECT_EQ(Printed("123456789012345680000"), "123456789012345680000");
  EXPECT_EQ(Printed("inf"), "+Inf");
  EXPECT_EQ(Printed("-inf"), "-Inf");
  EXPECT_EQ(Printed("nan"), "NaN");
  EXPECT_EQ(Printed("-0"), "-0");
  EXPECT_EQ(Printed("0x1f"), "31");
}

TEST(Print, WritesStringsInDoubleQuotes) {
  EXPECT_EQ(Printed(R"('it\'s "so"')"), R"("it's \"so\"")");
  EXPECT_EQ(Printed("`a\nb`"), R"("a\nb")");
  EXPECT_EQ(Printed(R"("\xff\u200b\x01é")"), "\"\\xff\\u200b\\x01é\"");
}

TEST(Print, WritesCalculatedDurations) {
  EXPECT_EQ(Printed("x[+step( )*2+ (5m)^range()]"), "x[step() * 2 + (5m) ^ range()]");
  EXPECT_EQ(Printed("x offset -((1+2))"), "x offset -(1 + 2)");
  EXPECT_EQ(Printed("x offset +max_of(1,min_of(2m,-3))"), "x offset max_of(1, min_of(2m, -3))");
  EXPECT_EQ(Printed("x[5m:step()/2]"), "x[5m:step() / 2]");
}

TEST(Print, WritesAggregations) {
  EXPECT_EQ(Printed("SUM(x) BY (a,b)"), "sum by (a, b) (x)");
  EXPECT_EQ(Printed("sum by () (x)"), "sum(x)");
  EXPECT_EQ(Printed("sum(x) without ()"), "sum without () (x)");
  EXPECT_EQ(Printed("topk(5,x) by (a)"), "topk by (a) (5, x)");
  EXPECT_EQ(Printed("count_values('v',x)"), "count_values(\"v\", x)");
  EXPECT_EQ(Printed(R"(sum by ("two words", "plain", a:b) (x))"),
            R"(sum by ("two words", plain, "a:b") (x))");
}

TEST(Print, WritesBinaryOperators) {
  EXPECT_EQ(Printed("a==bool on(b)c"), "a == bool on (b) c");
  EXPECT_EQ(Printed("a+ignoring()c"), "a + c");
  EXPECT_EQ(Printed("a+on()c"), "a + on () c");
  EXPECT_EQ(Printed("a+ignoring()group_left c"), "a + ignoring () group_left () c");
  EXPECT_EQ(Printed("a+on(x)group_right(y,z)c"), "a + on (x) group_right (y, z) c");
  EXPECT_EQ(Printed("a</b>/c"), "a </ b >/ c");
  EXPECT_EQ(Printed("a AND b"), "a and b");
  EXPECT_EQ(Printed("a+fill(1)b"), "a + fill (1) b");
  EXPECT_EQ(Printed("a+fill_right(2)fill_left(1m)b"), "a + fill_left (60) fill_right (2) b");
  EXPECT_EQ(Printed("a+fill(2e6)b"), "a + fill (2e+06) b");
}

TEST(Print, WritesSignsParenthesesAndCalls) {
  EXPECT_EQ(Printed("- ( x )"), "-(x)");
  EXPECT_EQ(Printed("+ - x"), "+-x");
  EXPECT_EQ(Printed("-2 ^ 2"), "-2 ^ 2");
  EXPECT_EQ(Printed("clamp( x ,1 , 2)"), "clamp(x, 1, 2)");
  EXPECT_EQ(Printed("time( )"), "time()");
}

TEST(Print, WritesNoSignThatWouldTakeThePower) {
  // +Inf ^ x would be +(Inf ^ x).
  EXPECT_EQ(Printed("Inf ^ x"), "Inf ^ x");
  EXPECT_EQ(Printed("x ^ Inf"), "x ^ +Inf");
  EXPECT_EQ(Printed("+Inf ^ x"), "+Inf ^ x");
}

TEST(PrettyPrint, LeavesShortExpressionsOnOneLine) {
  EXPECT_EQ(PrettyPrint(*MustParse("sum by(a)(rate(x[5m]))")), "sum by (a) (rate(x[5m]))");
}

TEST(PrettyPrint, SplitsWhatIsLongerThanAHundredBytes) {
  const std::string label(60, 'l');
  const std::string name(50, 'x');
  EXPECT_EQ(PrettyPrint(*MustParse("sum by (" + label + ") (rate(" + name + "[5m]))")),
            "sum by (" + label + ") (\n  rate(" + name + "[5m])\n)");
  EXPECT_EQ(PrettyPrint(*MustParse(name + " + on (a) " + name)),
            "  " + name + "\n+ on (a)\n  " + name);
  EXPECT_EQ(PrettyPrint(*MustParse("-(" + name + "-" + name + ")")),
            "-(\n    " + name + "\n  -\n    " + name + "\n)");
  EXPECT_EQ(PrettyPrint(*MustParse("clamp(" + name + name + ", 1, -2)")),
            "clamp(\n  " + name + name + ",\n  1,\n  -2\n)");
}

// Expressions of every kind, at random, that are well typed.
class Generator {
 public:
  explicit Generator(uint32_t seed) : random_(seed) {}

  std::string Vector(int depth) {
    if (depth == 0) return Selector();
    switch (Pick(9)) {
      case 0:
        return Selector();
      case 1:
        return Pick(2) == 0 ? "(" + Vector(depth - 1) + ")" : "-" + Operand(depth - 1);
      case 2:
        return Aggregate(depth);
      case 3:
        return "rate(" + Matrix(depth - 1) + ")";
      case 4:
        return "clamp(" + Vector(depth - 1) + ", " + Scalar(depth - 1) + "," + Scalar(0) + ")";
      case 5:
        return "label_replace(" + Vector(depth - 1) + R"x(, "a", '$1', `b`, "(.*)"))x";
      case 6:
        return Operand(depth - 1) + Of({" and ", " or on (a) ", " unless ignoring(b,\"c d\") "}) +
               Operand(depth - 1);
      case 7:
        return Operand(depth - 1) +
               Of({" + ", " * on(a) group_left(b) ", " == bool ", " > ignoring() group_right() ",
                   " atan2 ", " % fill(-1) ", " ^ ", " </ ",
                   " - on(a) fill_left(1m) fill_right(NaN) "}) +
               Operand(depth - 1);
      default:
        return Scalar(depth - 1) + Of({" / ", " != ", " ^ "}) + Operand(depth - 1);
    }
  }

 private:
  size_t Pick(size_t count) { return random_() % count; }
  std::string Of(const std::vector<std::string>& choices) { return choices[Pick(choices.size())]; }

  // What keeps its type whatever stands around it. (An offset in parentheses would take what
  // follows it, `x offset (5m) + y`, for a part of the duration.)
  std::string Operand(int depth) {
    if (Pick(3) > 0) return "(" + Vector(depth) + ")";
    return Of({"foo", "sum", "a:b", "foo offset 5m", "foo @ 3"});
  }

  std::string Scalar(int depth) {
    if (depth == 0)
      return Of({"1", "-2.5", "0x1f", "5m", "1e300", "Inf", "-7ms", "time()", "pi()"});
    switch (Pick(4)) {
      case 0:
        return "scalar(" + Vector(depth - 1) + ")";
      case 1:
        return "-(" + Scalar(depth - 1) + ")";
      case 2:
        return Scalar(depth - 1) + Of({" + ", " < bool ", " ^ ", " - "}) + Scalar(0);
      default:
        return "max_of(step(), " + Scalar(depth - 1) + ")";
    }
  }

  std::string Selector() {
    return Of({"foo", "sum", R"({a="b"})", R"(foo{a!='x',"b c"=~`y.*`})",
               R"({"a metric",z!~"\xff"})", "a:b{}"}) +
           Of({"", " anchored", " smoothed"}) + Modifiers();
  }

  std::string Matrix(int depth) {
    if (Pick(2) == 0) {
      return Of({"foo", R"({a="b"})"}) + "[" + Span() + "]" + Of({"", " smoothed"}) + Modifiers();
    }
    return "(" + Vector(depth) + ")[" + Span() + ":" + Of({"", Span()}) + "]" + Modifiers();
  }

  std::string Span() {
    return Of({"5m", "300", "1y2w", "1.5", "step()", "5m + range() * 2", "(1 + 2) ^ -2m",
               "min_of(step(), -(1h))", "-(-5m)"});
  }

  std::string Modifiers() {
    std::string modifiers = Of({"", "", " @ 12.345", " @ end()", " @ -5m"});
    modifiers += Of({"", "", " offset 1h", " offset -1.5", " offset (5m)", " offset -step()",
                     " offset -(1 + 2)", " offset max_of(1, 2)"});
    return modifiers;
  }

  std::string Aggregate(int depth) {
    const std::string labels =
        Of({"", " by (a)", " without (a, \"b c\", by)", " by ()", " without ()"});
    const std::string operand = Vector(depth - 1);
    const std::string call =
        Of({"sum", "MAX", "topk", "count_values", "quantile", "limit_ratio", "group"});
    std::string parameter;
    if (call == "count_values") {
      parameter = "'l', ";
    } else if (call != "sum" && call != "MAX" && call != "group") {
      parameter = Scalar(1) + ", ";
    }
    const std::string arguments = " (" + parameter + operand + ")";
    return Pick(2) == 0 ? call + labels + arguments : call + arguments + labels;
  }

  std::mt19937 random_;
};

TEST(Print, ParsedAgainIsTheSameTree) {
  Generator generator(20241129);
  for (int i = 0; i < 3000; ++i) {
    const std::string query = generator.Vector(i % 6);
    const ExprPtr expr = MustParse(query);
    const std::string text = Print(*expr);
    const ExprPtr again = MustParse(text);
    ASSERT_EQ(Dump(*again), Dump(*expr)) << query << "\n" << text;
    ASSERT_EQ(Print(*again), text) << query;
    const std::string pretty = PrettyPrint(*expr);
    ASSERT_EQ(Dump(*MustParse(pretty)), Dump(*expr)) << pretty;
  }
}

}  // namespace
}  // namespace promlite::promql
