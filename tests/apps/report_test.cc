// Reports: their rows add up to what was counted, in every time zone, and over a clock change.
#include "promlite/engine/usage/report/report.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/civil_time.h"
#include "promlite/apps/repl/report/report_text.h"
#include "promlite/apps/repl/report/report_words.h"
#include "promlite/apps/repl/text/text.h"
#include "promlite/engine/usage/report/report_periods.h"
#include "promlite/storage/database.h"

namespace promlite::repl {
namespace {

constexpr const char* kSessions = "tests/data/captures/claude-code-sessions.metrics.binpb";
constexpr const char* kParallel = "tests/data/captures/claude-code-parallel.metrics.binpb";

// In the order of ClaudeCodeColumns().
using Truth = std::array<double, 11>;
constexpr Truth kTruthOfSessions = {1.74045765, 19269, 49829, 1500431, 75279,  5,
                                    7,          1,     242,   0,       331.094};
constexpr Truth kTruthOfParallel = {1.7708655 + 2.44331325,
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
  const absl::StatusOr<ReportWords> words = ParseReportWords(arguments, NoReference());
  EXPECT_TRUE(words.ok()) << words.status();
  if (!words.ok()) return {};
  absl::StatusOr<Report> report = MakeReport(database, {}, words->request);
  EXPECT_TRUE(report.ok()) << report.status();
  return report.ok() ? *std::move(report) : Report();
}

void ExpectValues(const ReportValues& got, const Truth& truth) {
  const std::vector<ReportColumn> columns = ClaudeCodeColumns();
  ASSERT_EQ(columns.size(), truth.size());
  for (size_t i = 0; i < truth.size(); ++i) {
    EXPECT_NEAR(ValueOf(got, columns[i]).value_or(0), truth[i], 1e-9)
        << ReportColumnNames()[static_cast<size_t>(columns[i])].key;
  }
}

ReportValues SumOfRows(const Report& report) {
  ReportValues sum{};
  for (const ReportRow& row : report.rows) {
    for (const ReportColumn column : AllReportColumns()) {
      if (const auto value = ValueOf(row.values, column)) AddTo(&sum, column, *value);
    }
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

// The zones of the time-zone database, from the lines "Z NAME ..." of its source; none if this
// machine has no database.
std::vector<std::string> AllZones() {
  std::ifstream file("/usr/share/zoneinfo/tzdata.zi");
  std::vector<std::string> zones;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("Z ")) zones.push_back(line.substr(2, line.find(' ', 2) - 2));
  }
  return zones;
}

TEST(ReportTest, TotalsOfTheCapturesAreTheTruth_InEveryZoneOfTheDatabase) {
  const std::vector<std::string> zones = AllZones();
  if (zones.empty()) GTEST_SKIP() << "no time-zone database";
  for (const auto& [file, truth] :
       {std::pair(kSessions, kTruthOfSessions), std::pair(kParallel, kTruthOfParallel)}) {
    Database database;
    ASSERT_TRUE(database.LoadFile(file).ok());
    for (const std::string& zone : zones) {
      for (const std::string rows : {"day", "week", "month"}) {
        SCOPED_TRACE(std::string(file) + " " + rows + " " + zone);
        const Report report = ReportOf(database, rows + " --timezone " + zone);
        ExpectValues(report.total, truth);
        ExpectValues(SumOfRows(report), truth);
      }
    }
  }
}

std::vector<ReportPeriod> DaysOf(absl::Time first, absl::Time last, absl::TimeZone zone) {
  ReportRequest request;
  request.zone = zone;
  absl::StatusOr<std::vector<ReportPeriod>> days = ReportPeriods(request, first, last);
  EXPECT_TRUE(days.ok()) << days.status();
  return days.ok() ? *std::move(days) : std::vector<ReportPeriod>();
}

// Every quarter of an hour of two days before and after a change of the clock is in one day, the
// one that the clock shows; but for what it shows twice if it is set back into the day before.
void ExpectDaysOfTheClock(absl::Time change, absl::Duration set_back, absl::TimeZone zone) {
  const absl::Time first = change - absl::Hours(48), last = change + absl::Hours(48);
  const std::vector<ReportPeriod> days = DaysOf(first, last, zone);
  ASSERT_FALSE(days.empty());
  ASSERT_LE(days.front().first, first);
  ASSERT_GE(days.back().last, last);
  const bool is_set_back_a_day =
      absl::ToCivilDay(change, zone) < absl::ToCivilDay(change - absl::Seconds(1), zone);
  absl::Time time = first;
  for (size_t i = 0; i < days.size(); ++i) {
    if (i > 0) {
      EXPECT_EQ(days[i].first, days[i - 1].last + absl::Milliseconds(1));
      EXPECT_LT(days[i - 1].name, days[i].name);
    }
    for (; time <= days[i].last && time <= last; time += absl::Minutes(15)) {
      if (is_set_back_a_day && time < change && time >= change - set_back) continue;
      EXPECT_EQ(absl::FormatCivilTime(absl::ToCivilDay(time, zone)), days[i].name) << time;
    }
  }
}

TEST(ReportPeriodsTest, DaysAreThoseOfTheClock_AtEveryChangeInEveryZone) {
  const std::vector<std::string> zones = AllZones();
  if (zones.empty()) GTEST_SKIP() << "no time-zone database";
  const absl::Time end = absl::FromCivil(absl::CivilYear(2038), absl::UTCTimeZone());
  for (const std::string& name : zones) {
    const absl::StatusOr<absl::TimeZone> zone = ParseTimeZone(name);
    ASSERT_TRUE(zone.ok()) << zone.status();
    absl::Time time = absl::FromCivil(absl::CivilYear(1900), absl::UTCTimeZone());
    absl::TimeZone::CivilTransition change;
    while (time < end && zone->NextTransition(time, &change)) {
      time = zone->At(change.to).trans;
      SCOPED_TRACE(name + " " + absl::FormatTime(time, *zone));
      ExpectDaysOfTheClock(time, absl::Seconds(change.from - change.to), *zone);
      if (testing::Test::HasFailure()) return;
    }
  }
}

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

// So many commits, one every `distance`.
void AddCommits(const std::string& from, int count, absl::Duration distance, Database* database) {
  absl::Time time;
  ASSERT_TRUE(absl::ParseTime(absl::RFC3339_full, from, &time, nullptr));
  std::vector<Sample> samples;
  for (int i = 0; i < count; ++i) {
    samples.push_back({absl::ToUnixMillis(time + i * distance), static_cast<double>(i + 1)});
  }
  ASSERT_TRUE(database
                  ->Append(Labels({{"__name__", "claude_code_commit_count_total"}}), samples,
                           time - absl::Minutes(1))
                  .ok());
}

// A commit at every full hour of UTC, and on the last millisecond of none of them.
void AddHourlyCommits(const std::string& from, int hours, Database* database) {
  AddCommits(from, hours, absl::Hours(1), database);
}

double Commits(const ReportRow& row) {
  return ValueOf(row.values, ReportColumn::kCommits).value_or(0);
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

struct ClockChange {
  std::string zone;
  std::string from;                             // four days of a commit every half hour
  std::map<std::string, double> commits;        // of whole days, 48 where nothing changes
  std::vector<std::string> days_left_out = {};  // that the zone never had
};

const ClockChange kClockChanges[] = {
    // By half an hour.
    {"Australia/Lord_Howe", "2026-04-03T00:00:00Z", {{"2026-04-04", 48}, {"2026-04-05", 49}}},
    {"Australia/Lord_Howe", "2026-10-02T00:00:00Z", {{"2026-10-03", 48}, {"2026-10-04", 47}}},
    // Over the date line.
    {"Pacific/Apia",
     "2011-12-28T00:00:00Z",
     {{"2011-12-28", 48}, {"2011-12-29", 48}, {"2011-12-31", 48}},
     {"2011-12-30"}},
    // From midnight to one o'clock.
    {"America/Sao_Paulo", "2018-11-02T00:00:00Z", {{"2018-11-03", 48}, {"2018-11-04", 46}}},
    {"Africa/Cairo", "2023-04-26T00:00:00Z", {{"2023-04-27", 48}, {"2023-04-28", 46}}},
    // From midnight back to eleven.
    {"Africa/Cairo", "2023-10-25T00:00:00Z", {{"2023-10-26", 50}, {"2023-10-27", 48}}},
    // From half past eleven to half past midnight.
    {"America/Toronto", "1919-03-29T00:00:00Z", {{"1919-03-30", 47}, {"1919-03-31", 47}}},
    // From a minute past midnight back to a minute past eleven.
    {"America/St_Johns", "2006-10-27T00:00:00Z", {{"2006-10-28", 50}, {"2006-10-29", 48}}},
};

TEST(ReportTest, DaysAreAsLongAsTheZoneMakesThem) {
  if (!ParseTimeZone("Europe/Berlin").ok()) GTEST_SKIP() << "no time-zone database";
  for (const ClockChange& change : kClockChanges) {
    SCOPED_TRACE(change.zone + " " + change.from);
    Database database;
    AddCommits(change.from, 4 * 48, absl::Minutes(30), &database);
    const Report report = ReportOf(database, "day --timezone " + change.zone);
    EXPECT_EQ(ValueOf(SumOfRows(report), ReportColumn::kCommits), 4 * 48);
    std::map<std::string, double> commits;
    for (const ReportRow& row : report.rows) commits[row.name] = Commits(row);
    for (const auto& [day, count] : change.commits) EXPECT_EQ(commits[day], count) << day;
    for (const std::string& day : change.days_left_out) EXPECT_FALSE(commits.contains(day)) << day;
  }
}

TEST(ReportTest, BoundsThatAreDatesAreDaysOfTheZone_WhereMidnightIsLeftOut) {
  if (!ParseTimeZone("Europe/Berlin").ok()) GTEST_SKIP() << "no time-zone database";
  Database database;
  AddCommits("1919-03-29T00:00:00Z", 4 * 48, absl::Minutes(30), &database);
  const Report report =
      ReportOf(database, "day --timezone America/Toronto --since 1919-03-31 --until 1919-03-31");
  ASSERT_EQ(report.rows.size(), 1u);
  EXPECT_EQ(Commits(report.rows[0]), 47);
}

// One counter of commits for each set of labels.
void AddCounters(const std::vector<Labels>& all, Database* database) {
  for (const Labels& labels : all) {
    ASSERT_TRUE(
        database
            ->Append(labels, std::vector<Sample>{{1000, 2}, {2000, 3}}, absl::FromUnixMillis(500))
            .ok());
  }
}

TEST(ReportTest, UsersAreNamedByTheBestThatTheirSeriesSay) {
  Database database;
  AddCounters({Labels({{"__name__", "claude_code_commit_count_total"},
                       {"user_email", "a@example.com"},
                       {"user_id", "1"}}),
               Labels({{"__name__", "claude_code_commit_count_total"},
                       {"user_email", "a@example.com"},
                       {"user_id", "2"}}),
               Labels({{"__name__", "claude_code_commit_count_total"}, {"user_id", "3"}}),
               Labels({{"__name__", "claude_code_commit_count_total"}})},
              &database);
  const Report report = ReportOf(database, "user");
  std::map<std::string, double> commits;
  for (const ReportRow& row : report.rows) commits[row.name] = Commits(row);
  EXPECT_EQ(commits, (std::map<std::string, double>{{"", 3}, {"3", 3}, {"a@example.com", 6}}));
}

TEST(ReportTest, DaysWithoutUsageAreLeftOut_AlsoWhereCountersStandStill) {
  Database database;
  ASSERT_TRUE(database
                  .Append(Labels({{"__name__", "claude_code_commit_count_total"}}),
                          std::vector<Sample>{{absl::ToInt64Milliseconds(absl::Hours(1)), 1},
                                              {absl::ToInt64Milliseconds(absl::Hours(30)), 1},
                                              {absl::ToInt64Milliseconds(absl::Hours(50)), 2}},
                          absl::FromUnixMillis(1))
                  .ok());
  const Report report = ReportOf(database, "day");
  ASSERT_EQ(report.rows.size(), 2u);
  EXPECT_EQ(report.rows[0].name, "1970-01-01");
  EXPECT_EQ(report.rows[1].name, "1970-01-03");
}

TEST(ReportTest, SaysSoIfThereIsNoCounterOfClaudeCode) {
  Database other, some;
  AddCounters({Labels({{"__name__", "http_requests_total"}})}, &other);
  AddCounters({Labels({{"__name__", "claude_code_commit_count_total"}})}, &some);
  const Report report = ReportOf(other, "day");
  EXPECT_TRUE(report.rows.empty());
  ASSERT_EQ(report.remarks.size(), 1u);
  EXPECT_TRUE(report.remarks[0].starts_with("the data has no counter of Claude Code"));
  EXPECT_TRUE(ReportOf(some, "day").remarks.empty());
}

size_t WidestLine(const std::string& text) {
  size_t widest = 0;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    widest = std::max(widest, DisplayWidth(line));
  }
  return widest;
}

TEST(ReportTest, InNarrowTerminalsItIsTwoTables) {
  Database database;
  ASSERT_TRUE(database.LoadFile(kSessions).ok());
  for (const std::string rows : {"day", "session", "user"}) {
    const Report report = ReportOf(database, rows);
    View view;
    view.table_width = 80;
    const std::string narrow = ReportTable(report, view);
    EXPECT_LE(WidestLine(narrow), 80u) << narrow;
    for (const ReportColumn column : report.columns) {
      const std::string_view title = ReportColumnNames()[static_cast<size_t>(column)].title;
      const std::string word(title.substr(title.rfind(' ') + 1));
      EXPECT_NE(narrow.find(word), std::string::npos) << word << "\n" << narrow;
    }
    view.table_width = 0;
    EXPECT_GT(WidestLine(ReportTable(report, view)), 120u);
  }
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

// Of a range of this length Prometheus loses a millisecond: 200d12h53m36.762s is, as a double of
// nanoseconds, 17326416761999998.
TEST(ReportTest, CountsFromTheFirstMillisecondOn_WhereTheDataIsLong) {
  constexpr int64_t kFirst = 1'700'000'000'000, kLast = kFirst + 17'326'416'761;
  Database database;
  const auto append = [&](const char* session, int64_t time_ms, double value) {
    const std::vector<Sample> samples = {{time_ms, value}};
    ASSERT_TRUE(database
                    .Append(Labels{{"__name__", "claude_code_cost_usage_USD_total"},
                                   {"session_id", session}},
                            samples, absl::FromUnixMillis(time_ms - 5000))
                    .ok());
  };
  append("a", kFirst, 5);
  append("b", kLast, 1);
  const Report all = ReportOf(database, "session");
  ASSERT_EQ(all.rows.size(), 2u);
  EXPECT_EQ(all.rows[0].values[0], 5);
  EXPECT_EQ(all.total[0], 6);
  // A bound that leaves the first millisecond out still does.
  EXPECT_EQ(ReportOf(database, "session --since 1700000000.001").total[0], 1);
  EXPECT_EQ(ReportOf(database, "session --since 1700000000").total[0], 6);
}

TEST(ReportPeriodsTest, OnePeriodOfMoreThan292Years_IsRefused) {
  ReportRequest request;
  request.rows = ReportRows::kUser;
  const absl::Time last = absl::FromUnixSeconds(9'000'000'000);
  EXPECT_TRUE(ReportPeriods(request, absl::FromUnixSeconds(0), last).ok());
  const auto refused = ReportPeriods(request, absl::FromUnixSeconds(-9'000'000'000), last);
  EXPECT_EQ(refused.status().message(),
            "the samples lie more than 292 years apart: ask for fewer by --since");
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
    EXPECT_EQ(ValueOf(ReportOf(database, "month").total, ReportColumn::kCommits), 3) << name;
  }
}

TEST(ReportTest, CsvAndJsonHaveAllDigits) {
  Report report;
  report.rows.push_back({"2026-06-01", "", {0.1, 2}});
  report.total = {0.1, 2};
  EXPECT_EQ(ReportCsv(report),
            "day,cost_usd,input_tokens,output_tokens,cache_read_tokens,cache_creation_tokens,"
            "sessions,commits,pull_requests,lines_added,lines_removed,active_seconds\n"
            "2026-06-01,0.1,2,,,,,,,,,\n");
  EXPECT_TRUE(ReportJson(report).starts_with(
      "{\"status\":\"success\",\"data\":{\"resultType\":\"report\",\"rows\":[{\"day\":"
      "\"2026-06-01\",\"cost_usd\":\"0.1\",\"input_tokens\":\"2\",\"output_tokens\":null"));
}

// What Unix seconds there are of eight digits lie in 1970 to 1973.
TEST(ReportRequestTest, DatesMayHaveNoDashes) {
  for (const auto& [compact, dashed] :
       {std::pair("--since 20260901 --until 20260930", "--since 2026-09-01 --until 2026-09-30"),
        std::pair("--since 20260901 --timezone +07:33", "--since 2026-09-01 --timezone +07:33")}) {
    const absl::StatusOr<ReportWords> got = ParseReportWords(compact, NoReference());
    const absl::StatusOr<ReportWords> expected = ParseReportWords(dashed, NoReference());
    ASSERT_TRUE(got.ok() && expected.ok()) << got.status() << expected.status();
    EXPECT_EQ(got->request.since, expected->request.since) << compact;
    EXPECT_EQ(got->request.until, expected->request.until) << compact;
  }
}

TEST(ReportRequestTest, NumbersDecadesAwayFromAllDataAreRefused) {
  const absl::Time data = absl::FromUnixSeconds(1'790'000'000);
  const TimeReference reference = {data, data, data};
  for (const char* text : {"--since 1790000000000", "--until 1790000000000", "--since 179000000",
                           "--until 20261399"}) {
    const absl::Status status = ParseReportWords(text, reference).status();
    EXPECT_NE(status.message().find("decades away from all data"), absl::string_view::npos)
        << text << " " << status;
  }
  for (const char* text :
       {"--since 0", "--since 1789000000", "--until 2099-01-01", "--since -1h"}) {
    EXPECT_TRUE(ParseReportWords(text, reference).ok()) << text;
  }
}

TEST(ReportTest, BoundsThatLeaveNoDataAreSaid) {
  Database database;
  AddHourlyCommits("2026-05-31T00:00:00Z", 2, &database);
  const Report report = ReportOf(database, "day --since 2062-05-31");
  EXPECT_TRUE(report.rows.empty());
  ASSERT_EQ(report.remarks.size(), 1u);
  EXPECT_EQ(report.remarks[0],
            "no sample lies between --since and --until: the first is of "
            "2026-05-31T00:00:00+00:00, the last of 2026-05-31T01:00:00+00:00");
}

TEST(ReportRequestTest, SaysWhatIsWrong) {
  for (const char* text : {"year", "day week", "day by", "day --since", "day --timezone Nowhere/X",
                           "day --timezone +25:00", "day --since 2026-06-02 --until 2026-06-01"}) {
    EXPECT_FALSE(ParseReportWords(text, NoReference()).ok()) << text;
  }
}

}  // namespace
}  // namespace promlite::repl
