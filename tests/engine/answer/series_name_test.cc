#include "promlite/engine/answer/series_name.h"

#include <gtest/gtest.h>

namespace promlite {
namespace {

TEST(SeriesNameTest, ItIsASelector) {
  EXPECT_EQ(SeriesName(Labels{{"__name__", "up"}, {"job", "a\"b"}}), "up{job=\"a\\\"b\"}");
  EXPECT_EQ(SeriesName(Labels{{"__name__", "my.metric"}, {"http.route", "/"}}),
            "{\"my.metric\", \"http.route\"=\"/\"}");
  EXPECT_EQ(SeriesName(Labels{{"__name__", "up"}}), "up");
  EXPECT_EQ(SeriesName(Labels()), "{}");
}

TEST(SeriesNameTest, WhatIsNoPlainNameIsQuoted) {
  EXPECT_EQ(QuotedIfNeeded("session_id"), "session_id");
  EXPECT_EQ(QuotedIfNeeded("session.id"), "\"session.id\"");
  EXPECT_EQ(QuotedIfNeeded("a:b"), "\"a:b\"");
  EXPECT_EQ(QuotedIfNeeded("session.id", promql::UnquotedNames::kUtf8), "session.id");
  EXPECT_EQ(QuotedIfNeeded("a:b", promql::UnquotedNames::kUtf8), "\"a:b\"");
}

}  // namespace
}  // namespace promlite
