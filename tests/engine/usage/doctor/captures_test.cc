// The doctor on recorded Claude Code processes, of which it is known what they did, and what
// Prometheus 3.16 answers to the same queries.
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "promlite/engine/usage/doctor/doctor.h"
#include "promlite/storage/database.h"
#include "promlite/tests/engine/usage/doctor/examine.h"

namespace promlite {
namespace {

// What is true, and what Prometheus 3.16 says over ten minutes that hold the whole capture.
struct Known {
  std::string selector;
  double truth;
  std::optional<double> anchored, anchored_with_starts, smoothed, increase, max, max_minus_min;
};

const Database& Capture(const std::string& name) {
  static std::map<std::string, Database> loaded;
  const auto [at, is_new] = loaded.try_emplace(name);
  if (is_new) {
    const absl::Status status =
        at->second.LoadFile("tests/data/captures/claude-code-" + name + ".metrics.binpb");
    EXPECT_TRUE(status.ok()) << status;
  }
  return at->second;
}

MetricDiagnosis Examine(const Database& database, const std::string& selector) {
  DoctorOptions options;
  options.selector = selector;
  options.range = absl::Minutes(10);
  return ExamineOne(database, options);
}

const Finding* Find(const MetricDiagnosis& metric, FindingKind kind) {
  for (const Finding& finding : metric.findings) {
    if (finding.kind == kind) return &finding;
  }
  return nullptr;
}

// Bit by bit where Prometheus answers; to the last digits where numbers are summed that the truth
// was not summed from.
void ExpectAnswers(const Database& database, const Known& known) {
  const MetricDiagnosis metric = Examine(database, known.selector);
  ASSERT_EQ(metric.answers.size(), kFormulaCount);
  ASSERT_TRUE(metric.Answer(Formula::kExact).value.has_value());
  EXPECT_DOUBLE_EQ(*metric.Answer(Formula::kExact).value, known.truth) << known.selector;
  EXPECT_EQ(metric.Answer(Formula::kAnchored).value, known.anchored) << known.selector;
  EXPECT_EQ(metric.Answer(Formula::kAnchoredWithStarts).value, known.anchored_with_starts)
      << known.selector;
  EXPECT_EQ(metric.Answer(Formula::kSmoothed).value, known.smoothed) << known.selector;
  EXPECT_EQ(metric.Answer(Formula::kIncrease).value, known.increase) << known.selector;
  EXPECT_EQ(metric.Answer(Formula::kMax).value, known.max) << known.selector;
  EXPECT_EQ(metric.Answer(Formula::kMaxMinusMin).value, known.max_minus_min) << known.selector;
  EXPECT_EQ(metric.verdict.kind, VerdictKind::kRight) << known.selector;
  EXPECT_EQ(metric.verdict.formula, Formula::kExact) << known.selector;
  EXPECT_DOUBLE_EQ(metric.verdict.value, known.truth) << known.selector;
  EXPECT_FALSE(metric.findings.empty()) << known.selector;
  // What the findings blame a formula for explains all that it is off, and more where two of them
  // blame it for the same.
  for (const Formula formula : kAllFormulas) {
    const double error = metric.Answer(formula).value.value_or(0) - known.truth;
    bool is_blamed = false;
    for (const Finding& finding : metric.findings) {
      for (const WrongFormula& wrong : finding.wrong) is_blamed |= wrong.formula == formula;
    }
    EXPECT_EQ(is_blamed, std::abs(error) > 1e-9 * known.truth)
        << known.selector << " " << FormulaName(formula);
  }
}

TEST(DoctorOnCapturesTest, TellsWhatIsTrueAndWhatPrometheusSays_OfFourWritersOfOneSession) {
  const Database& parallel = Capture("parallel");
  const std::string one = "{session_id!=\"\"}";
  const Known all[] = {
      {"claude_code_active_time_seconds_total" + one, 223.048, 37.562, 223.048, 37.562,
       50.08266666666667, 71.583, 37.562},
      {"claude_code_commit_count_total" + one, 10, 30, 32, 30, 30.882352941176475, 4, 3},
      {"claude_code_cost_usage_USD_total" + one, 1.7708655, 5.6247474, 5.7328953, 5.6247474,
       5.7470245173913055, 0.5678691, 0.5052456000000001},
      {"claude_code_lines_of_code_count_total" + one, 44 + 4, 169, 177, 169, 172.63043478260872, 13,
       7},
      {"claude_code_session_count_total" + one, 4, 0, 2, 0, 0, 2, 0},
      {"claude_code_token_usage_tokens_total" + one, 22974 + 44717 + 2427020 + 80822, 7849100,
       7935942, 7849100, 8011532.228260871, 952016, 939108},
  };
  for (const Known& known : all) ExpectAnswers(parallel, known);
}

TEST(DoctorOnCapturesTest, TellsWhatIsTrueAndWhatPrometheusSays_OfFourWritersWithoutSession) {
  const Database& parallel = Capture("parallel");
  const std::string none = "{session_id=\"\"}";
  const Known all[] = {
      {"claude_code_active_time_seconds_total" + none, 270.254, 99.704, 270.254, 99.704,
       116.32133333333333, 99.704, 68.33699999999999},
      {"claude_code_commit_count_total" + none, 11, 22, 23, 22, 22.25581395348837, 5, 4},
      {"claude_code_cost_usage_USD_total" + none, 2.44331325, 9.876726, 9.988840649999998, 9.876726,
       9.966514418181818, 1.1362339499999998, 1.0404404999999999},
      {"claude_code_lines_of_code_count_total" + none, 55 + 4, 353, 366, 353, 356.1272727272727, 17,
       10},
      {"claude_code_session_count_total" + none, 4, 0, 1, 0, 0, 1, 0},
      {"claude_code_token_usage_tokens_total" + none, 28683 + 77295 + 2850935 + 91349, 13781702,
       13833130, 13781702, 13822475.972727275, 1060108, 1011591},
  };
  for (const Known& known : all) ExpectAnswers(parallel, known);
}

TEST(DoctorOnCapturesTest, TellsWhatIsTrueOfEachKindOfTokensAndLines) {
  const Database& parallel = Capture("parallel");
  const std::pair<const char*, double> all[] = {
      {"claude_code_token_usage_tokens_total{session_id!=\"\",type=\"input\"}", 22974},
      {"claude_code_token_usage_tokens_total{session_id!=\"\",type=\"output\"}", 44717},
      {"claude_code_token_usage_tokens_total{session_id!=\"\",type=\"cacheRead\"}", 2427020},
      {"claude_code_token_usage_tokens_total{session_id!=\"\",type=\"cacheCreation\"}", 80822},
      {"claude_code_lines_of_code_count_total{session_id!=\"\",type=\"added\"}", 44},
      {"claude_code_lines_of_code_count_total{session_id!=\"\",type=\"removed\"}", 4},
      {"claude_code_token_usage_tokens_total{session_id=\"\",type=\"input\"}", 28683},
      {"claude_code_token_usage_tokens_total{session_id=\"\",type=\"output\"}", 77295},
      {"claude_code_token_usage_tokens_total{session_id=\"\",type=\"cacheRead\"}", 2850935},
      {"claude_code_token_usage_tokens_total{session_id=\"\",type=\"cacheCreation\"}", 91349},
      {"claude_code_lines_of_code_count_total{session_id=\"\",type=\"added\"}", 55},
      {"claude_code_lines_of_code_count_total{session_id=\"\",type=\"removed\"}", 4},
  };
  for (const auto& [selector, truth] : all) {
    EXPECT_EQ(Examine(parallel, selector).Answer(Formula::kExact).value, truth) << selector;
  }
}

TEST(DoctorOnCapturesTest, NamesTheWritersAndByHowMuchTheyFalsifyEachFormula) {
  const MetricDiagnosis commits =
      Examine(Capture("parallel"), "claude_code_commit_count_total{session_id=\"\"}");
  EXPECT_EQ(commits.series, 1u);
  EXPECT_EQ(commits.streams, 4u);
  ASSERT_EQ(commits.findings.size(), 1u);
  const Finding& writers = commits.findings.front();
  EXPECT_EQ(writers.kind, FindingKind::kSeveralWriters);
  EXPECT_EQ(writers.series, 1u);
  EXPECT_EQ(writers.count, 4u);
  // When the second of them began to count.
  EXPECT_EQ(writers.since, absl::FromUnixMillis(1795456791489));
  EXPECT_EQ(writers.instead,
            "sum(increase(claude_code_commit_count_total{session_id=\"\"}[10m] exact))");
  const std::map<Formula, double> expected = {
      {Formula::kAnchored, 22 - 11}, {Formula::kAnchoredWithStarts, 23 - 11},
      {Formula::kSmoothed, 22 - 11}, {Formula::kIncrease, 22.25581395348837 - 11},
      {Formula::kMax, 5 - 11},       {Formula::kMaxMinusMin, 4 - 11}};
  ASSERT_EQ(writers.wrong.size(), expected.size());
  for (const WrongFormula& wrong : writers.wrong) {
    ASSERT_TRUE(wrong.error.has_value());
    EXPECT_DOUBLE_EQ(*wrong.error, expected.at(wrong.formula)) << FormulaName(wrong.formula);
  }
}

TEST(DoctorOnCapturesTest, NamesTheWritersOfEveryMetricThatTheyShare) {
  for (const char* metric : {"commit_count", "cost_usage_USD", "lines_of_code_count",
                             "session_count", "token_usage_tokens", "code_edit_tool_decision"}) {
    for (const char* scenario : {"{session_id=\"\"}", "{session_id!=\"\"}"}) {
      const MetricDiagnosis diagnosis =
          Examine(Capture("parallel"), std::string("claude_code_") + metric + "_total" + scenario);
      const Finding* writers = Find(diagnosis, FindingKind::kSeveralWriters);
      ASSERT_NE(writers, nullptr) << metric << scenario;
      EXPECT_GE(writers->count, 2u) << metric << scenario;
      EXPECT_LE(writers->count, 4u) << metric << scenario;
    }
  }
}

TEST(DoctorOnCapturesTest, FindsWritersThatExportOnceOneAfterTheOther) {
  // Active time is exported at the end of a process only, and starts there.
  const MetricDiagnosis active =
      Examine(Capture("parallel"), "claude_code_active_time_seconds_total{session_id=\"\"}");
  const Finding* single = Find(active, FindingKind::kSingleSample);
  ASSERT_NE(single, nullptr);
  EXPECT_EQ(single->count, 4u);
  EXPECT_DOUBLE_EQ(single->size, 270.254);
  const Finding* resets = Find(active, FindingKind::kReset);
  ASSERT_NE(resets, nullptr);
  EXPECT_EQ(resets->count, 3u);
  // All but the last one's.
  EXPECT_DOUBLE_EQ(resets->size, 270.254 - 99.704);
}

TEST(DoctorOnCapturesTest, TellsWhatIsTrueAndWhatPrometheusSays_OfSessionsOneAfterTheOther) {
  const Database& sessions = Capture("sessions");
  const Known all[] = {
      {"claude_code_active_time_seconds_total", 331.094, 0, 331.094, 0, std::nullopt, 331.094, 0},
      {"claude_code_code_edit_tool_decision_total", 10, 6, 10, 6, 6.496103896103897, 10, 6},
      {"claude_code_commit_count_total", 7, 2, 7, 2, 2.2261904761904763, 7, 2},
      {"claude_code_cost_usage_USD_total", 1.7404576499999997, 1.25374015, 1.74045765, 1.25374015,
       1.3546140146103895, 1.74045765, 1.25374015},
      {"claude_code_lines_of_code_count_total", 242, 168, 242, 168, 181.93506493506493, 242, 168},
      {"claude_code_pull_request_count_total", 1, 0, 1, 0, 0, 1, 0},
      {"claude_code_session_count_total", 5, 0, 5, 0, 0, 5, 0},
      {"claude_code_token_usage_tokens_total", 1644808, 1338285, 1644808, 1338285,
       1420863.538961039, 1644808, 1338285},
  };
  for (const Known& known : all) ExpectAnswers(sessions, known);
}

TEST(DoctorOnCapturesTest, FindsFirstEventsAndSingleExports) {
  const Database& sessions = Capture("sessions");
  const MetricDiagnosis commits = Examine(sessions, "claude_code_commit_count_total");
  const Finding* first = Find(commits, FindingKind::kFirstSampleNotZero);
  const Finding* single = Find(commits, FindingKind::kSingleSample);
  ASSERT_NE(first, nullptr);
  ASSERT_NE(single, nullptr);
  EXPECT_EQ(first->series, 3u);
  EXPECT_EQ(single->series, 1u);
  // Together what max - min loses.
  EXPECT_EQ(first->size + single->size, 7 - 2);

  const MetricDiagnosis active = Examine(sessions, "claude_code_active_time_seconds_total");
  ASSERT_EQ(active.findings.size(), 1u);
  EXPECT_EQ(active.findings[0].kind, FindingKind::kSingleSample);
  EXPECT_EQ(active.findings[0].count, 5u);
  EXPECT_DOUBLE_EQ(active.findings[0].size, 331.094);
}

TEST(DoctorOnCapturesTest, CountsObservationsWithoutAUnit) {
  Database database;
  ASSERT_TRUE(database.LoadFile("tests/data/captures/otel-sdk-all-types.metrics.jsonl").ok());
  EXPECT_EQ(Examine(database, "request_duration_seconds_sum").unit, "seconds");
  EXPECT_EQ(Examine(database, "request_duration_seconds_count").unit, "");
  EXPECT_EQ(Examine(database, "request_duration_seconds_bucket").unit, "");
}

TEST(DoctorOnCapturesTest, SaysWhatWasRefusedForItsTemporality) {
  Database database({.otlp = {.delta = OtlpOptions::Delta::kRefuse}});
  LoadReport report;
  const absl::Status status =
      database.LoadFile("tests/data/captures/claude-code-delta.metrics.binpb", {}, &report);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  DoctorOptions options;
  options.load_report = &report;
  const absl::StatusOr<Diagnosis> diagnosis = Doctor(database, {}, options);
  ASSERT_TRUE(diagnosis.ok()) << diagnosis.status();
  EXPECT_FALSE(diagnosis->Healthy());
  std::vector<std::string> names;
  for (const Finding& finding : diagnosis->findings) {
    EXPECT_EQ(finding.kind, FindingKind::kDeltaRefused);
    EXPECT_EQ(finding.wrong.size(), kFormulaCount);
    EXPECT_GT(finding.count, 0u);
    names.push_back(finding.detail);
  }
  EXPECT_EQ(names, (std::vector<std::string>{
                       "claude_code.active_time.total", "claude_code.code_edit_tool.decision",
                       "claude_code.commit.count", "claude_code.cost.usage",
                       "claude_code.lines_of_code.count", "claude_code.session.count",
                       "claude_code.token.usage"}));
}

TEST(DoctorOnCapturesTest, KnowsDeltasThatAreStoredAsTheyAre) {
  DatabaseOptions database_options;
  database_options.otlp.delta = OtlpOptions::Delta::kKeep;
  Database database(database_options);
  ASSERT_TRUE(database.LoadFile("tests/data/captures/claude-code-delta.metrics.binpb").ok());
  const MetricDiagnosis tokens = Examine(database, "claude_code_token_usage_tokens_total");
  ASSERT_EQ(tokens.findings.size(), 1u);
  EXPECT_EQ(tokens.findings[0].kind, FindingKind::kDelta);
  EXPECT_EQ(tokens.findings[0].count, 16u);
  EXPECT_EQ(tokens.findings[0].instead,
            "sum(sum_over_time(claude_code_token_usage_tokens_total[10m]))");
  EXPECT_EQ(tokens.verdict.formula, Formula::kExact);
}

}  // namespace
}  // namespace promlite
