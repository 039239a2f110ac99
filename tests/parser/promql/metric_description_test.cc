#include "promlite/parser/promql/metric_description.h"

#include <gtest/gtest.h>

namespace promlite::promql {
namespace {

// The labels as a="b" parted by commas, then the bytes taken; or the error.
std::string Describe(std::string_view text, const ParseOptions& options = {}) {
  const absl::StatusOr<MetricDescription> metric = ParseMetricDescription(text, options);
  if (!metric.ok()) return std::string(metric.status().message());
  std::string described;
  for (const auto& [name, value] : metric->labels) described += name + "=" + value + ",";
  return described + " " + std::to_string(metric->bytes);
}

TEST(ParseMetricDescription, ReadsNameAndLabels) {
  EXPECT_EQ(Describe("foo"), "__name__=foo, 3");
  EXPECT_EQ(Describe(R"(foo{b="1", a='2',} 1 2 3)"), "__name__=foo,a=2,b=1, 18");
  EXPECT_EQ(Describe(R"({a="b"}@st 1)"), "a=b, 7");
  EXPECT_EQ(Describe("{} 1"), " 2");
  EXPECT_EQ(Describe("foo{}"), "__name__=foo, 5");
}

TEST(ParseMetricDescription, TakesQuotedNames) {
  EXPECT_EQ(Describe(R"({"two words", "utf8 label"="x\n"} _)"),
            "__name__=two words,utf8 label=x\n, 33");
  EXPECT_EQ(Describe(R"({__name__="foo"})"), "__name__=foo, 16");
}

TEST(ParseMetricDescription, TakesUnquotedNamesWhereTheLanguageHasThem) {
  constexpr ParseOptions kUnquotedNames{.unquoted_utf8_names = true};
  EXPECT_EQ(Describe("http.requests{service.name='a', é='b'} 1", kUnquotedNames),
            "__name__=http.requests,service.name=a,é=b, 39");
  EXPECT_EQ(Describe("温度 1", kUnquotedNames), "__name__=温度, 6");
  EXPECT_EQ(Describe("温度 1"), "1:1: parse error: unexpected character: '温'");
}

TEST(ParseMetricDescription, TakesKeywordsAsNames) {
  EXPECT_EQ(Describe("sum 1"), "__name__=sum, 3");
  EXPECT_EQ(Describe("by{on='x'} 1"), "__name__=by,on=x, 10");
  EXPECT_EQ(Describe("a:b 1"), "__name__=a:b, 3");
}

TEST(ParseMetricDescription, EndsBeforeWhiteSpace) {
  EXPECT_EQ(Describe("foo {a='b'}"), "__name__=foo, 3");
  // What follows is not looked at.
  EXPECT_EQ(Describe("foo{a='b'}\xff\"("), "__name__=foo,a=b, 10");
  EXPECT_EQ(Describe("foo {{schema:1}}"), "__name__=foo, 3");
}

TEST(ParseMetricDescription, SaysWhatIsWrong) {
  EXPECT_EQ(Describe("foo{a=~'b'}"),
            "1:6: parse error: unexpected <op:=~> in label set, expected \"=\"");
  EXPECT_EQ(Describe("foo{a=b}"),
            "1:7: parse error: unexpected identifier \"b\" in label set, expected string");
  EXPECT_EQ(Describe("foo{a='b' c='d'}"),
            "1:11: parse error: unexpected identifier \"c\" in label set, expected \",\" or \"}\"");
  EXPECT_EQ(Describe("foo{,}"),
            "1:5: parse error: unexpected \",\" in label set, expected identifier or \"}\"");
  EXPECT_EQ(Describe("foo{a='b'"), "1:10: parse error: unexpected end of input inside braces");
  EXPECT_EQ(Describe("1"), "1:1: parse error: unexpected number \"1\"");
  EXPECT_EQ(Describe(""), "unknown position: parse error: unexpected end of input");
}

}  // namespace
}  // namespace promlite::promql
