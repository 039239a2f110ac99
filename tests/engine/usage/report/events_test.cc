// Where only events are loaded, the report says what they know, and that metrics are missing.
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "promlite/engine/usage/report/report.h"
#include "promlite/storage/database.h"
#include "promlite/tests/engine/usage/report/report_of.h"

namespace promlite {
namespace {

// The truth of tests/data/captures/README.md.
TEST(ReportOfEventsTest, CostAndTokensAreThoseOfTheEvents) {
  Database database;
  ASSERT_TRUE(database.LoadFile("tests/data/captures/claude-code-sessions.logs.binpb").ok());
  for (const ReportRows rows : {ReportRows::kDay, ReportRows::kSession, ReportRows::kUser}) {
    const Report report = ReportOf(database, rows, true);
    EXPECT_NEAR(ValueOf(report.total, ReportColumn::kCost).value_or(0), 1.74045765, 1e-9);
    EXPECT_EQ(ValueOf(report.total, ReportColumn::kInput), 19269);
    EXPECT_EQ(ValueOf(report.total, ReportColumn::kOutput), 49829);
    EXPECT_EQ(ValueOf(report.total, ReportColumn::kCacheRead), 1500431);
    EXPECT_EQ(ValueOf(report.total, ReportColumn::kCacheCreation), 75279);
    EXPECT_EQ(ValueOf(report.total, ReportColumn::kCommits), std::nullopt);
    EXPECT_EQ(ValueOf(report.total, ReportColumn::kSessions), std::nullopt);
    ASSERT_EQ(report.remarks.size(), 1u);
    EXPECT_NE(report.remarks[0].find("its metrics are missing"), std::string::npos);
    EXPECT_NE(report.remarks[0].find("claude_code.api_request"), std::string::npos);
    EXPECT_TRUE(report.queries.empty());
  }
  EXPECT_EQ(ReportOf(database, ReportRows::kSession).rows.size(), 5u);
}

TEST(ReportOfEventsTest, CountersAreBelieved_WhereThereAreAny) {
  Database database;
  ASSERT_TRUE(database.LoadFile("tests/data/captures/claude-code-sessions.logs.binpb").ok());
  ASSERT_TRUE(database.LoadFile("tests/data/captures/claude-code-sessions.metrics.binpb").ok());
  const Report report = ReportOf(database, ReportRows::kDay);
  EXPECT_TRUE(report.remarks.empty());
  EXPECT_EQ(ValueOf(report.total, ReportColumn::kCommits), 7);
}

}  // namespace
}  // namespace promlite
