// The numbers of docs/increase-versus-max-minus-min.md. Those of the hand-made counters were given
// by Prometheus 3.16 and by Debian's 2.42, both serving tests/data/increase.om from blocks made by
// promtool; those of the captures stand in the page's tables and are Prometheus' recorded answers
// (tests/golden/), the truth in tests/data/captures/README.md.

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "promlite/engine/answer/json.h"
#include "promlite/engine/engine.h"
#include "promlite/storage/database.h"
#include "promlite/storage/metrics/snapshot.h"

namespace promlite {
namespace {

constexpr char kPage[] = "docs/increase-versus-max-minus-min.md";

EngineOptions WithStartTimestamps() {
  EngineOptions options;
  options.use_start_timestamps = true;
  return options;
}

EngineOptions Prometheus2() {
  EngineOptions options;
  options.compatibility = Compatibility::kPrometheus2;
  return options;
}

// The one value of an instant query; "nothing" for an empty vector.
std::string Answer(const Database& database, const EngineOptions& options, const std::string& query,
                   absl::Time time) {
  const absl::StatusOr<QueryResult> result = Engine(&database, options).Instant(query, time);
  if (!result.ok()) return std::string(result.status().message());
  if (result->series.empty()) return "nothing";
  return FormatSampleValue(result->series[0].samples[0].value);
}

// ---- hand-made counters -----------------------------------------------------------------------

struct HandMade {
  std::string series;
  int64_t time;  // seconds
  std::string range;
  std::string increase, max_minus_min, anchored, smoothed, prometheus2;
};

const HandMade kHandMade[] = {
    {"long_known", 1770, "20m", "3.1578947368421053", "3", "3", "3", "3.1578947368421053"},
    {"long_known", 1800, "20m", "3.1578947368421053", "3", "3", "3", "3"},
    {"long_known", 1770, "10m", "1.1111111111111112", "1", "1", "1", "1.1111111111111112"},
    {"from_one", 240, "4m", "4", "3", "3", "3", "4"},
    {"from_one", 240, "5m", "3.5", "3", "3", "3", "4"},
    {"from_one", 300, "5m", "5", "3", "3", "3", "5"},
    {"reset", 360, "6m", "9", "5", "9", "9", "9"},
    {"reset", 360, "5m", "7.5", "4", "9", "9", "9"},
    {"first_event", 300, "5m", "1.25", "1", "1", "1", "1.25"},
    {"first_event", 300, "3m", "1.5", "1", "1", "1", "1"},
    {"single_export", 300, "5m", "nothing", "0", "0", "0", "nothing"},
    {"two_writers", 390, "6m", "23", "7", "22", "22", "23"},
    {"two_writers", 390, "7m", "23", "7", "22", "22", "23"},
};

TEST(IncreaseVersusMaxMinusMin, HandMadeCountersReadAsPrometheusReadsThem) {
  Database database;
  ASSERT_TRUE(database.LoadFile("tests/data/increase.om").ok());
  for (const HandMade& c : kHandMade) {
    SCOPED_TRACE(c.series + " [" + c.range + "] at " + std::to_string(c.time));
    const std::string selector = "commits_total{case=\"" + c.series + "\"}[" + c.range + "]";
    const absl::Time time = absl::FromUnixSeconds(c.time);
    const auto ask = [&](const EngineOptions& options, const std::string& query) {
      return Answer(database, options, query, time);
    };
    EXPECT_EQ(ask({}, "increase(" + selector + ")"), c.increase);
    EXPECT_EQ(ask({}, "max_over_time(" + selector + ") - min_over_time(" + selector + ")"),
              c.max_minus_min);
    EXPECT_EQ(ask({}, "increase(" + selector + " anchored)"), c.anchored);
    EXPECT_EQ(ask({}, "increase(" + selector + " smoothed)"), c.smoothed);
    EXPECT_EQ(ask(Prometheus2(), "increase(" + selector + ")"), c.prometheus2);
  }
}

// ---- captures ---------------------------------------------------------------------------------

struct Capture {
  std::string file;
  std::string range;
};
const Capture kSessions{"tests/data/captures/claude-code-sessions.metrics.binpb", "383s"};
const Capture kParallel{"tests/data/captures/claude-code-parallel.metrics.binpb", "284s"};

// A row of the page's tables of a capture.
struct Row {
  std::string metric;
  std::string scenario;  // "(a)", "(b)", or empty
  std::vector<std::string> cells;

  // What selects the scenario's series.
  std::string Selector() const {
    if (scenario.empty()) return metric;
    return metric + (scenario == "(a)" ? "{session_id!=\"\"}" : "{session_id=\"\"}");
  }
};

std::string Trimmed(const std::string& text) {
  const size_t begin = text.find_first_not_of(' ');
  if (begin == std::string::npos) return "";
  return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

std::vector<Row> RowsOfThePage() {
  std::vector<Row> rows;
  std::ifstream page(kPage);
  for (std::string line; std::getline(page, line);) {
    if (line.rfind("| `claude_code", 0) != 0) continue;
    std::vector<std::string> cells;
    for (size_t at = 1; at < line.size();) {
      const size_t end = line.find('|', at);
      if (end == std::string::npos) break;
      cells.push_back(Trimmed(line.substr(at, end - at)));
      at = end + 1;
    }
    const size_t quote = cells[0].find('`', 1);
    Row row{cells[0].substr(1, quote - 1), Trimmed(cells[0].substr(quote + 1)), {}};
    row.cells.assign(cells.begin() + 1, cells.end());
    rows.push_back(row);
  }
  return rows;
}

void ExpectFormulas(const Database& database, const Row& row, const std::string& range) {
  const std::string x = row.Selector() + "[" + range + "]";
  const absl::Time time = database.MaxTime();
  const auto ask = [&](const EngineOptions& options, const std::string& query) {
    return Answer(database, options, query, time);
  };
  ASSERT_EQ(row.cells.size(), 8u);
  EXPECT_EQ(ask({}, "sum(increase(" + x + "))"), row.cells[1]);
  EXPECT_EQ(ask({}, "sum(max_over_time(" + x + ")) - sum(min_over_time(" + x + "))"), row.cells[2]);
  EXPECT_EQ(ask({}, "sum(increase(" + x + " anchored))"), row.cells[3]);
  EXPECT_EQ(ask({}, "sum(increase(" + x + " smoothed))"), row.cells[3]);
  EXPECT_EQ(ask(WithStartTimestamps(), "sum(increase(" + x + "))"), row.cells[4]);
  EXPECT_EQ(ask(WithStartTimestamps(), "sum(increase(" + x + " anchored))"), row.cells[5]);
  EXPECT_EQ(ask(WithStartTimestamps(), "sum(increase(" + x + " smoothed))"), row.cells[5]);
  EXPECT_EQ(ask({}, "sum(max_over_time(" + x + "))"), row.cells[6]);
  EXPECT_EQ(ask({}, "sum(increase(" + x + " exact))"), row.cells[7]);
}

TEST(IncreaseVersusMaxMinusMin, CapturesReadAsThePageSays) {
  Database sessions, parallel;
  ASSERT_TRUE(sessions.LoadFile(kSessions.file).ok());
  ASSERT_TRUE(parallel.LoadFile(kParallel.file).ok());
  size_t of_sessions = 0, of_parallel = 0;
  for (const Row& row : RowsOfThePage()) {
    SCOPED_TRACE(row.metric + " " + row.scenario);
    if (row.scenario.empty()) {
      ++of_sessions;
      ExpectFormulas(sessions, row, kSessions.range);
    } else {
      ++of_parallel;
      ExpectFormulas(parallel, row, kParallel.range);
    }
  }
  EXPECT_EQ(of_sessions, 8u);
  EXPECT_EQ(of_parallel, 12u);
}

// ---- the truth --------------------------------------------------------------------------------

// The sum of the streams' last values.
double TrueCount(const internal::Snapshot& snapshot, const Row& row) {
  double sum = 0;
  const Matcher name =
      *Matcher::Create(Matcher::Type::kEqual, std::string(kMetricName), row.metric);
  for (const internal::SeriesId id : snapshot.Select({{name}})) {
    const bool has_session = !snapshot.LabelsOf(id).Get("session_id").empty();
    if (!row.scenario.empty() && has_session != (row.scenario == "(a)")) continue;
    for (const internal::StreamSummary& stream : snapshot.Streams(id)) sum += stream.last_value;
  }
  return sum;
}

TEST(IncreaseVersusMaxMinusMin, TheSumOfLastValuesByStartTimestampIsTheTruth) {
  Database sessions, parallel;
  ASSERT_TRUE(sessions.LoadFile(kSessions.file).ok());
  ASSERT_TRUE(parallel.LoadFile(kParallel.file).ok());
  for (const Row& row : RowsOfThePage()) {
    const Database& database = row.scenario.empty() ? sessions : parallel;
    const double truth = std::strtod(row.cells[0].c_str(), nullptr);
    EXPECT_NEAR(TrueCount(*database.TakeSnapshot(), row), truth, 1e-12 * truth)
        << row.metric << " " << row.scenario;
    EXPECT_NEAR(std::strtod(row.cells[7].c_str(), nullptr), truth, 1e-12 * truth)
        << row.metric << " " << row.scenario;
  }
}

// What the README of the captures says was really done; the page must say the same.
TEST(IncreaseVersusMaxMinusMin, ThePageTellsTheTruthOfTheCaptures) {
  const std::map<std::string, std::string> truth = {
      {"claude_code_commit_count_total ", "7"},
      {"claude_code_pull_request_count_total ", "1"},
      {"claude_code_lines_of_code_count_total ", "242"},
      {"claude_code_session_count_total ", "5"},
      {"claude_code_code_edit_tool_decision_total ", "10"},
      {"claude_code_cost_usage_USD_total ", "1.7404576499999997"},
      {"claude_code_token_usage_tokens_total ", "1644808"},
      {"claude_code_active_time_seconds_total ", "331.094"},
      {"claude_code_commit_count_total (a)", "10"},
      {"claude_code_commit_count_total (b)", "11"},
      {"claude_code_session_count_total (a)", "4"},
      {"claude_code_session_count_total (b)", "4"},
      {"claude_code_lines_of_code_count_total (a)", "48"},
      {"claude_code_lines_of_code_count_total (b)", "59"},
      {"claude_code_cost_usage_USD_total (a)", "1.7708655"},
      {"claude_code_cost_usage_USD_total (b)", "2.44331325"},
      {"claude_code_token_usage_tokens_total (a)", "2575533"},
      {"claude_code_token_usage_tokens_total (b)", "3048262"},
      {"claude_code_active_time_seconds_total (a)", "223.048"},
      {"claude_code_active_time_seconds_total (b)", "270.254"},
  };
  std::map<std::string, std::string> page;
  for (const Row& row : RowsOfThePage()) page[row.metric + " " + row.scenario] = row.cells[0];
  EXPECT_EQ(page, truth);
}

}  // namespace
}  // namespace promlite
