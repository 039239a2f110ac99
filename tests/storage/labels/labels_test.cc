#include "promlite/storage/labels/labels.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace promlite {
namespace {

TEST(Labels, AreSortedByName) {
  const Labels labels{{"b", "2"}, {"a", "1"}, {"__name__", "up"}};
  EXPECT_EQ(labels.ToString(), R"({__name__="up", a="1", b="2"})");
  EXPECT_EQ(labels.MetricName(), "up");
}

TEST(Labels, LastValueWins_WhenANameIsGivenTwice) {
  const Labels labels{{"a", "1"}, {"b", "x"}, {"a", "2"}};
  EXPECT_EQ(labels.Get("a"), "2");
  EXPECT_EQ(labels.size(), 2u);
}

TEST(Labels, EmptyValueIsAnAbsentLabel) {
  EXPECT_EQ(Labels({{"a", ""}, {"b", "1"}}), Labels({{"b", "1"}}));
  EXPECT_TRUE(Labels({{"a", "1"}, {"a", ""}}).empty());
  EXPECT_EQ(Labels().Get("a"), "");
  EXPECT_EQ(Labels().ToString(), "{}");
}

TEST(Labels, OrderIsLabelByLabel_AndAPrefixIsSmaller) {
  const std::vector<Labels> ascending = {
      {},           {{"a", "1"}}, {{"a", "1"}, {"b", "1"}}, {{"a", "1"}, {"c", "0"}}, {{"a", "10"}},
      {{"a", "2"}}, {{"b", "0"}}, {{"b", "\xff"}},
  };
  for (size_t i = 0; i < ascending.size(); ++i) {
    for (size_t j = 0; j < ascending.size(); ++j) {
      EXPECT_EQ(ascending[i] < ascending[j], i < j) << i << ' ' << j;
    }
  }
}

// What strconv.Quote of Go gives.
TEST(Labels, ToStringQuotesAsGoDoes) {
  const auto quoted = [](std::string value) { return Labels({{"a", value}}).ToString(); };
  EXPECT_EQ(quoted("\"\\\n\t\r\a\b\f\v"), R"({a="\"\\\n\t\r\a\b\f\v"})");
  EXPECT_EQ(quoted(std::string("\x01\x7f\0", 3)), R"({a="\x01\x7f\x00"})");
  EXPECT_EQ(quoted("\xff\xc3"), R"({a="\xff\xc3"})");
  EXPECT_EQ(quoted("h\xc3\xa9llo \xe2\x82\xac \xf0\x9f\x98\x80"),
            "{a=\"h\xc3\xa9llo \xe2\x82\xac \xf0\x9f\x98\x80\"}");
  EXPECT_EQ(quoted("\xc2\xa0\xe2\x80\x8b\xf3\xa0\x80\x81"), R"({a="\u00a0\u200b\U000e0001"})");
  EXPECT_EQ(quoted("\xef\xbf\xbd"), "{a=\"\xef\xbf\xbd\"}");
  // Code points that Unicode has not assigned.
  EXPECT_EQ(quoted("\u0378x\u2fff\U0003ffff"), R"({a="\u0378x\u2fff\U0003ffff"})");
  EXPECT_EQ(Labels({{"odd name", "1"}, {"\xc3\xa9", "2"}, {"_ok9", "3"}, {"9no", "4"}}).ToString(),
            "{\"9no\"=\"4\", _ok9=\"3\", \"odd name\"=\"1\", \"\xc3\xa9\"=\"2\"}");
}

}  // namespace
}  // namespace promlite
