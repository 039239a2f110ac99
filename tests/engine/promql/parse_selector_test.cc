#include "promlite/engine/promql/selector.h"

#include <gtest/gtest.h>

#include <string>

#include "promlite/parser/text/absl_compat.h"
#include "promlite/parser/text/position.h"

namespace promlite::promql {
namespace {

TEST(ParseSelectorTest, ItsMatchersAreCompiled) {
  const absl::StatusOr<std::vector<Matcher>> matchers = ParseSelector(R"(up{job=~"a.*",x!=""})");
  ASSERT_TRUE(matchers.ok()) << matchers.status();
  ASSERT_EQ(matchers->size(), 3u);
  for (const Matcher& matcher : *matchers) {
    if (matcher.name() == "__name__") EXPECT_TRUE(matcher.Matches("up"));
    if (matcher.name() == "job") EXPECT_TRUE(matcher.Matches("abc") && !matcher.Matches("bc"));
    if (matcher.name() == "x") EXPECT_FALSE(matcher.Matches(""));
  }
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
