#include "promlite/engine/promql/selector.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "promlite/parser/text/absl_compat.h"
#include "promlite/parser/text/position.h"

namespace promlite::promql {
namespace {

TEST(ParseSelectorTest, ItsMatchersAreCompiled) {
  const absl::StatusOr<std::vector<Matcher>> matchers = ParseSelector(R"(up{job=~"a.*",x!=""})");
  ASSERT_TRUE(matchers.ok()) << matchers.status();
  ASSERT_EQ(matchers->size(), 3u);
  std::map<std::string, const Matcher*> by_label;
  for (const Matcher& matcher : *matchers) by_label[matcher.name()] = &matcher;
  ASSERT_EQ(by_label.size(), 3u);
  EXPECT_TRUE(by_label["__name__"]->Matches("up"));
  EXPECT_TRUE(by_label["job"]->Matches("abc"));
  EXPECT_FALSE(by_label["job"]->Matches("bc"));
  EXPECT_FALSE(by_label["x"]->Matches(""));
}

TEST(ParseSelectorTest, WhatIsNoSelectorIsRefused) {
  for (const char* text : {"sum(up)", "up[5m]", "1", "{}", "up{"}) {
    EXPECT_EQ(ParseSelector(text).status().code(), absl::StatusCode::kInvalidArgument) << text;
  }
  const absl::Status status = ParseSelector("up{job=}").status();
  EXPECT_TRUE(ErrorPosition(status).has_value()) << status;
}

TEST(ParseSelectorTest, ARegularExpressionThatDoesNotCompileIsRefused) {
  const absl::Status status = ParseSelector(R"(up{job=~"("})").status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_NE(Std(status.message()).find("error parsing regexp"), std::string::npos) << status;
}

}  // namespace
}  // namespace promlite::promql
