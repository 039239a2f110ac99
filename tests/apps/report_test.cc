// Reports: their rows add up to what was counted, in every time zone, and over a clock change.
#include "promlite/apps/repl/report.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "promlite/apps/repl/report_text.h"
#include "promlite/storage/database.h"

namespace promlite::repl {
namespace {

constexpr const char* kSessions = "tests/data/captures/claude-code-sessions.metrics.binpb";
constexpr const char* kParallel = "tests/data/captures/claude-code-parallel.metrics.binpb";

// In the order of the columns.
constexpr ReportValues kTruthOfSessions = {1.74045765, 19269, 49829, 1500431, 75279,  5,
                                           7,          1,     242,   0,       331.094};
constexpr ReportValues kTruthOfParallel = {1.7708655 + 2.44331325,
                                           22974 + 28683,
                                           44717 + 77295,
                                           2427020 + 2850935,
                                           80822 + 91349,
                                           8,
                                           10 + 11,
                                           0,
                                           44 + 55,
                                           4 + 4,
                                           223.048 + 270.254};

TimeReference NoReference() { return {absl::UnixEpoch(), absl::UnixEpoch(), absl::UnixEpoch()}; }

Report ReportOf(const Database& database, const std::string& arguments) {
  const absl::StatusOr<ReportRequest> request = ParseReportRequest(arguments, NoReference());
  EXPECT_TRUE(request.ok()) << request.status();
  if (!request.ok()) return {};
  absl::StatusOr<Report> report = MakeReport(database, {}, *request);
  EXPECT_TRUE(report.ok()) << report.status();
  return report.ok() ? *std::move(report) : Report();
}

void ExpectValues(const ReportValues& got, const ReportValues& truth) {
  for (size_t i = 0; i < truth.size(); ++i) {
    EXPECT_NEAR(got[i], truth[i], 1e-9) << ReportColumnNames()[i].key;
  }
}

ReportValues SumOfRows(const Report& report) {
  ReportValues sum{};
  for (const ReportRow& row : report.rows) {
    for (size_t i = 0; i < sum.size(); ++i) sum[i] += row.values[i];
  }
  return sum;
}

class ReportOfCapturesTest : public testing::TestWithParam<const char*> {};

TEST_P(ReportOfCapturesTest, RowsAndTotalAreTheTruth_InEveryTimeZone) {
  for (const auto& [file, truth] :
       {std::pair(kSessions, kTruthOfSessions), std::pair(kParallel, kTruthOfParallel)}) {
    Database database;
    ASSERT_TRUE(database.LoadFile(file).ok());
    // At 16:27 UTC, in the midst of the sessions, +07:33 has midnight.
    for (const std::string zone : {"UTC", "+05:30", "-09:30", "+07:33", "+14:00", "-12:00"}) {
      SCOPED_TRACE(std::string(file) + " " + GetParam() + " " + zone);
      const Report report = ReportOf(database, std::string(GetParam()) + " --timezone " + zone);
      ExpectValues(report.total, truth);
      ExpectValues(SumOfRows(report), truth);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Rows, ReportOfCapturesTest,
                         testing::Values("day", "week", "month", "session", "user", "day by model",
                                         "session by model"));

TEST(ReportTest, DaysPartAtTheMidnightOfTheTimeZone) {
  Database database;
  ASSERT_TRUE(database.LoadFile(kSessions).ok());
  const Report report = ReportOf(database, "day --timezone +07:33");
  ASSERT_EQ(report.rows.size(), 2u);
  EXPECT_EQ(report.rows[0].name, "2026-11-23");
  EXPECT_EQ(report.rows[1].name, "2026-11-24");
}

TEST(ReportTest, SessionsAreTheirTruth_WhereFourProcessesShareOne) {
  Database database;
  ASSERT_TRUE(database.LoadFile(kParallel).ok());
  const Report report = ReportOf(database, "session");
  ASSERT_EQ(report.rows.size(), 2u);
  EXPECT_EQ(report.rows[0].name, "");  // those that do not say
  ExpectValues(report.rows[0].values,
               {2.44331325, 28683, 77295, 2850935, 91349, 4, 11, 0, 55, 4, 270.254});
  ExpectValues(report.rows[1].values,
               {1.7708655, 22974, 44717, 2427020, 80822, 4, 10, 0, 44, 4, 223.048});
}

// A commit at every full hour of UTC, and on the last millisecond of none of them.
void AddHourlyCommits(const std::string& from, int hours, Database* database) {
  absl::Time time;
  ASSERT_TRUE(absl::ParseTime(absl::RFC3339_full, from, &time, nullptr));
  std::vector<Sample> samples;
  for (int i = 0; i < hours; ++i) {
    samples.push_back({absl::ToUnixMillis(time + absl::Hours(i)), static_cast<double>(i + 1)});
  }
  ASSERT_TRUE(database
                  ->Append(Labels({{"__name__", "claude_code_commit_count_total"}}), samples,
                           time - absl::Minutes(1))
                  .ok());
}

double Commits(const ReportRow& row) {
  return row.values[static_cast<size_t>(ReportColumn::kCommits)];
}

TEST(ReportTest, DaysHave23And25Hours_WhereTheClockChanges) {
  if (!ParseTimeZone("Europe/Berlin").ok()) GTEST_SKIP() << "no time-zone database";
  Database spring, autumn;
  AddHourlyCommits("2026-03-28T00:00:00Z", 72, &spring);
  AddHourlyCommits("2026-10-24T00:00:00Z", 72, &autumn);
  const Report shorter = ReportOf(spring, "day --timezone Europe/Berlin");
  ASSERT_EQ(shorter.rows.size(), 4u);
  EXPECT_EQ(shorter.rows[1].name, "2026-03-29");
  EXPECT_EQ(Commits(shorter.rows[0]), 23);  // from 01:00 on
  EXPECT_EQ(Commits(shorter.rows[1]), 23);
  EXPECT_EQ(Commits(shorter.rows[2]), 24);
  EXPECT_EQ(Commits(shorter.rows[3]), 2);
  const Report longer = ReportOf(autumn, "day --timezone Europe/Berlin");
  ASSERT_EQ(longer.rows.size(), 4u);
  EXPECT_EQ(longer.rows[1].name, "2026-10-25");
  EXPECT_EQ(Commits(longer.rows[0]), 22);  // from 02:00 on
  EXPECT_EQ(Commits(longer.rows[1]), 25);
  EXPECT_EQ(Commits(longer.rows[2]), 24);
  EXPECT_EQ(Commits(longer.rows[3]), 1);
}

TEST(ReportTest, QueriesAreThoseOfTheEngine_AtTheEndOfEachPeriod) {
  Database database;
  AddHourlyCommits("2026-05-31T00:00:00Z", 48, &database);
  const Report report = ReportOf(database, "day by model --show-queries");
  ASSERT_EQ(report.queries.size(), 2u);
  EXPECT_EQ(report.queries[0].query,
            "sum by (model) (increase(claude_code_commit_count_total[1d] exact))");
  EXPECT_EQ(absl::FormatTime(report.queries[0].time, absl::UTCTimeZone()),
            "2026-05-31T23:59:59.999+00:00");
}

TEST(ReportTest, BoundsCutTheFirstAndTheLastDay) {
  Database database;
  AddHourlyCommits("2026-05-30T00:00:00Z", 72, &database);
  const Report whole = ReportOf(database, "day --since 2026-05-31 --until 2026-05-31");
  ASSERT_EQ(whole.rows.size(), 1u);
  EXPECT_EQ(Commits(whole.rows[0]), 24);
  const Report cut =
      ReportOf(database, "day --since 2026-05-30T22:00 --until 2026-05-31T01:59:59.999");
  ASSERT_EQ(cut.rows.size(), 2u);
  EXPECT_EQ(Commits(cut.rows[0]), 2);
  EXPECT_EQ(Commits(cut.rows[1]), 2);
}

TEST(ReportTest, WeeksBeginOnMonday_AndMonthsOnTheirFirst) {
  Database database;
  AddHourlyCommits("2026-05-31T00:00:00Z", 48, &database);  // a Sunday and a Monday
  const Report weeks = ReportOf(database, "week");
  ASSERT_EQ(weeks.rows.size(), 2u);
  EXPECT_EQ(weeks.rows[0].name, "2026-05-25");
  EXPECT_EQ(weeks.rows[1].name, "2026-06-01");
  const Report months = ReportOf(database, "month");
  ASSERT_EQ(months.rows.size(), 2u);
  EXPECT_EQ(months.rows[0].name, "2026-05");
  EXPECT_EQ(Commits(months.rows[1]), 24);
}

TEST(ReportTest, FindsMetricsHoweverTheirNamesWereTranslated) {
  for (const char* name :
       {"claude_code.commit.count", "claude_code_commit_count", "claude_code.commit.count_total"}) {
    Database database;
    ASSERT_TRUE(database
                    .Append(Labels({{"__name__", name}}), std::vector<Sample>{{1000, 3}},
                            absl::FromUnixMillis(500))
                    .ok());
    EXPECT_EQ(ReportOf(database, "month").total[6], 3) << name;
  }
}

TEST(ReportTest, CsvAndJsonHaveAllDigits) {
  Report report;
  report.rows.push_back({"2026-06-01", "", {0.1, 2}});
  report.total = {0.1, 2};
  EXPECT_EQ(ReportCsv(report),
            "day,cost_usd,input_tokens,output_tokens,cache_read_tokens,cache_creation_tokens,"
            "sessions,commits,pull_requests,lines_added,lines_removed,active_seconds\n"
            "2026-06-01,0.1,2,0,0,0,0,0,0,0,0,0\n");
  EXPECT_TRUE(ReportJson(report).starts_with(
      "{\"status\":\"success\",\"data\":{\"resultType\":\"report\",\"rows\":[{\"day\":"
      "\"2026-06-01\",\"cost_usd\":\"0.1\",\"input_tokens\":\"2\""));
}

TEST(ReportRequestTest, SaysWhatIsWrong) {
  for (const char* text : {"year", "day week", "day by", "day --since", "day --timezone Nowhere/X",
                           "day --timezone +25:00", "day --since 2026-06-02 --until 2026-06-01"}) {
    EXPECT_FALSE(ParseReportRequest(text, NoReference()).ok()) << text;
  }
}

}  // namespace
}  // namespace promlite::repl
