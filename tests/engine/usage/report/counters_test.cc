// Which metrics a report counts: those that it knows, those that look like them where they are
// missing, and what it says of others.
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "promlite/engine/usage/report/report.h"
#include "promlite/storage/database.h"
#include "promlite/tests/engine/usage/report/report_of.h"

namespace promlite {
namespace {

// A counter that rose from 0 to `value` within the first two seconds of 1970.
void AddCounter(Labels labels, double value, Database* database) {
  ASSERT_TRUE(database
                  ->Append(labels, std::vector<Sample>{{1000, value / 2}, {2000, value}},
                           absl::FromUnixMillis(500))
                  .ok());
}

Report ReportOf(const Database& database) { return ReportOf(database, ReportRows::kMonth); }

std::optional<double> Total(const Report& report, ReportColumn column) {
  return ValueOf(report.total, column);
}

TEST(ReportCountersTest, ColumnsWithoutTheirCounterAreEmpty) {
  Database database;
  AddCounter({{"__name__", "claude_code_cost_usage_USD_total"}}, 2, &database);
  const Report report = ReportOf(database);
  EXPECT_EQ(Total(report, ReportColumn::kCost), 2);
  EXPECT_EQ(Total(report, ReportColumn::kCommits), std::nullopt);
  ASSERT_EQ(report.rows.size(), 1u);
  EXPECT_EQ(ValueOf(report.rows[0].values, ReportColumn::kInput), std::nullopt);
}

TEST(ReportCountersTest, CountersNamedAlikeStandForOneThatIsMissing_AndAreNamed) {
  for (const char* name :
       {"claude_code_claude_code_cost_usage_USD_total", "claude_code_cost_usage_usd_total",
        "otel_claude_code_cost_usage_total", "CLAUDE_CODE_COST_USAGE_USD_total"}) {
    Database database;
    AddCounter({{"__name__", name}}, 2, &database);
    const Report report = ReportOf(database);
    EXPECT_EQ(Total(report, ReportColumn::kCost), 2) << name;
    ASSERT_EQ(report.remarks.size(), 1u) << name;
    EXPECT_EQ(report.remarks[0],
              "counted as claude_code_cost_usage, since named alike: " + std::string(name));
  }
}

TEST(ReportCountersTest, CountersNamedAlikeAreLeftOut_WhereTheRealOneIs) {
  Database database;
  AddCounter({{"__name__", "claude_code_cost_usage_USD_total"}}, 2, &database);
  AddCounter({{"__name__", "claude_code_claude_code_cost_usage_USD_total"}}, 2, &database);
  const Report report = ReportOf(database);
  EXPECT_EQ(Total(report, ReportColumn::kCost), 2);
  ASSERT_EQ(report.remarks.size(), 1u);
  EXPECT_EQ(report.remarks[0],
            "not counted, since there is claude_code_cost_usage and it is only named alike: "
            "claude_code_claude_code_cost_usage_USD_total");
}

TEST(ReportCountersTest, TwoNamesOfOneCounterAreSaid) {
  Database database;
  AddCounter({{"__name__", "claude_code_cost_usage_USD_total"}}, 2, &database);
  AddCounter({{"__name__", "claude_code_cost_usage_total"}}, 2, &database);
  const Report report = ReportOf(database);
  ASSERT_EQ(report.remarks.size(), 1u);
  EXPECT_EQ(report.remarks[0],
            "counted under each of its names, twice if they are of the same processes: "
            "claude_code_cost_usage_USD_total, claude_code_cost_usage_total");
}

TEST(ReportCountersTest, NativeHistogramsAreSaidNotToCount) {
  DatabaseOptions options;
  options.otlp.convert_histograms_to_nhcb = true;
  Database database(options);
  ASSERT_TRUE(database.LoadFile("tests/data/captures/codex-0.171.0-parallel.metrics.binpb").ok());
  const Report report = ReportOf(database);
  EXPECT_EQ(Total(report, ReportColumn::kInput), std::nullopt);
  EXPECT_EQ(Total(report, ReportColumn::kRequests), 30);
  ASSERT_EQ(report.remarks.size(), 1u);
  EXPECT_EQ(report.remarks[0], "not counted, since a native histogram: codex_turn_token_usage");
}

TEST(ReportCountersTest, FirstSamplesWithoutAStartAreSaid_WhereTheyLieInTheTimeAskedFor) {
  Database database;
  ASSERT_TRUE(database
                  .Append(Labels({{"__name__", "claude_code_commit_count_total"}}),
                          std::vector<Sample>{{1000, 5}, {2000, 7}})
                  .ok());
  const Report report = ReportOf(database);
  EXPECT_EQ(Total(report, ReportColumn::kCommits), 2);
  ASSERT_FALSE(report.remarks.empty());
  EXPECT_EQ(report.remarks.back(),
            "not counted, since no start tells whether it was counted before the first samples, "
            "which hold it: commits 5");
  ReportRequest later;
  later.since = absl::FromUnixMillis(1001);
  const absl::StatusOr<Report> rest = MakeReport(database, {}, later);
  ASSERT_TRUE(rest.ok());
  EXPECT_EQ(Total(*rest, ReportColumn::kCommits), 2);
  EXPECT_TRUE(rest->remarks.empty());
}

TEST(ReportCountersTest, CountersOfUnknownAgentsAreNamed_AndThoseOfMachinesAreNot) {
  Database database;
  AddCounter({{"__name__", "new_agent_tokens_used_total"}}, 2, &database);
  AddCounter({{"__name__", "new_agent_cost_sum"}}, 2, &database);
  AddCounter({{"__name__", "container_cpu_usage_seconds_total"}}, 2, &database);
  AddCounter({{"__name__", "http_requests_total"}}, 2, &database);
  AddCounter({{"__name__", "new_agent_token_limit"}}, 2, &database);
  const Report report = ReportOf(database);
  ASSERT_EQ(report.remarks.size(), 2u);
  EXPECT_TRUE(report.remarks[0].starts_with("the data has no counter of Claude Code"));
  EXPECT_EQ(report.remarks[1],
            "not counted, since of no agent that is known, but usage by its name: "
            "new_agent_cost_sum, new_agent_tokens_used_total");
}

TEST(ReportCountersTest, SharedCountersCountWhereAProcessHasNoneOfItsOwn) {
  Database database;
  AddCounter(
      {{"__name__", "gemini_cli_token_usage_total"}, {"job", "gemini-cli"}, {"type", "input"}}, 100,
      &database);
  for (const char* job : {"gemini-cli", "a.b", "c|d"}) {
    AddCounter({{"__name__", "gen_ai_client_token_usage_sum"},
                {"gen_ai_token_type", "input"},
                {"job", job}},
               100, &database);
  }
  const Report report = ReportOf(database);
  EXPECT_EQ(Total(report, ReportColumn::kInput), 300);
  ASSERT_EQ(report.rows.size(), 2u);
  EXPECT_EQ(report.rows[0].agent, "Gemini CLI");
  EXPECT_EQ(ValueOf(report.rows[0].values, ReportColumn::kInput), 100);
  EXPECT_EQ(report.rows[1].agent, "other");
  EXPECT_EQ(ValueOf(report.rows[1].values, ReportColumn::kInput), 200);
}

}  // namespace
}  // namespace promlite
