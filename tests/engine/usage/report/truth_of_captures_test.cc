// Reports of captures of real agents are what the programs really used, as
// tests/data/captures/README.md tells it: from the model's side, from git, from the programs.
#include <gtest/gtest.h>

#include <array>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "promlite/engine/usage/report/report.h"
#include "promlite/storage/database.h"
#include "promlite/tests/engine/usage/report/report_of.h"

namespace promlite {
namespace {

using enum ReportColumn;
using Strategy = OtlpOptions::TranslationStrategy;

constexpr const char* kFolder = "tests/data/captures/";

// What a total must be; columns that are not named are not held against anything.
using Truth = std::map<ReportColumn, double>;

struct Capture {
  const char* file;
  Truth truth;
};

const std::vector<Capture>& ClaudeCode() {
  static const auto* const captures = new std::vector<Capture>{
      {"claude-code-2.1.332-sessions.metrics.binpb",
       {{kCost, 1.08737168},
        {kInput, 8282 + 1707 + 884 + 922 + 1722 + 200},
        {kOutput, 28463 + 3170 + 1477 + 6343 + 4455 + 2714},
        {kCacheRead, 715213 + 219924 + 105916 + 145138 + 66058},
        {kCacheCreation, 50845 + 13984 + 10122 + 10361 + 15965 + 10575},
        {kSessions, 7},
        {kCommits, 4},
        {kPullRequests, 1},
        {kLinesAdded, 18},
        {kLinesRemoved, 1},
        {kActiveTime, 39.761}}},
      {"claude-code-2.1.332-variants.metrics.binpb",
       {{kCost, 1.644208265},
        {kInput, 18458},
        {kOutput, 50273},
        {kCacheRead, 1032613},
        {kCacheCreation, 250185},
        {kSessions, 15},
        {kActiveTime, 64.146}}},
      {"claude-code-2.1.332-interactive.metrics.binpb",
       {{kCost, 0.047776},
        {kInput, 2573},
        {kOutput, 731},
        {kCacheRead, 53100},
        {kCacheCreation, 9880},
        {kCommits, 1},
        {kLinesAdded, 6},
        {kLinesRemoved, 1},
        {kActiveTime, 5.914 + 5.636}}},
      {"claude-code-2.1.332-all-attributes.metrics.binpb",
       {{kCost, 0.322136425},
        {kInput, 7395},
        {kOutput, 18519},
        {kCacheRead, 591930},
        {kCacheCreation, 54263},
        {kSessions, 2},
        {kCommits, 2},
        {kPullRequests, 2},
        {kLinesAdded, 20},
        {kActiveTime, 19.07}}},
      {"claude-code-2.1.332-parallel.metrics.binpb.gz",
       {{kCost, 1.174112 + 1.5070829},
        {kInput, 23479 + 25278},
        {kOutput, 43580 + 70193},
        {kCacheRead, 2468345 + 2644047},
        {kCacheCreation, 79074 + 90315},
        {kSessions, 8},
        {kCommits, 9 + 15},
        {kLinesAdded, 51 + 53},
        {kLinesRemoved, 8},
        {kActiveTime, 217.402 + 251.729}}},
      {"claude-code-2.1.332-outage-503.metrics.binpb",
       {{kCost, 0.0730608},
        {kInput, 1727},
        {kOutput, 3328},
        {kCacheRead, 120009},
        {kCacheCreation, 4930}}},
      {"claude-code-2.1.332-delta-default.metrics.jsonl",
       {{kCost, 0.350029525 + 0.223227345},
        {kInput, 10921},
        {kOutput, 27668},
        {kCacheRead, 669810},
        {kCacheCreation, 54932},
        {kSessions, 2},
        {kCommits, 4},
        {kPullRequests, 2},
        {kLinesAdded, 13},
        {kLinesRemoved, 1},
        {kActiveTime, 18.949}}},
      {"claude-code-2.1.332-delta-parallel.metrics.binpb",
       {{kCost, 0.9433857 + 0.8230588},
        {kInput, 19830 + 13543},
        {kOutput, 39988 + 37981},
        {kCacheRead, 1788441 + 1339889},
        {kCacheCreation, 58463 + 59274},
        {kCommits, 9 + 3}}},
      {"claude-code-2.1.332-delta-outage.metrics.binpb",
       {{kCost, 0.0730608},
        {kInput, 1727},
        {kOutput, 3328},
        {kCacheRead, 120009},
        {kCacheCreation, 4930}}},
  };
  return *captures;
}

Report ReportOfFile(const std::string& file, ReportRows rows, bool by_model = false) {
  Database database;
  const absl::Status status = database.LoadFile(kFolder + file);
  EXPECT_TRUE(status.ok()) << status;
  return ReportOf(database, rows, by_model);
}

void ExpectTruth(const ReportValues& values, const Truth& truth) {
  for (const auto& [column, value] : truth) {
    const std::string_view key = ReportColumnNames()[static_cast<size_t>(column)].key;
    const std::optional<double> got = ValueOf(values, column);
    ASSERT_TRUE(got.has_value()) << key;
    EXPECT_NEAR(*got, value, 1e-9) << key;
  }
}

TEST(TruthOfCapturesTest, ClaudeCodeIsCountedTruly_WhateverTheRowsAre) {
  for (const Capture& capture : ClaudeCode()) {
    Database database;
    ASSERT_TRUE(database.LoadFile(std::string(kFolder) + capture.file).ok()) << capture.file;
    for (const ReportRows rows :
         {ReportRows::kDay, ReportRows::kSession, ReportRows::kUser, ReportRows::kMonth}) {
      for (const bool by_model : {false, true}) {
        SCOPED_TRACE(std::string(capture.file) + " " + std::string(ReportRowsName(rows)));
        const Report report = ReportOf(database, rows, by_model);
        ExpectTruth(report.total, capture.truth);
        EXPECT_EQ(report.columns, ClaudeCodeColumns());
        EXPECT_FALSE(report.by_agent);
        EXPECT_TRUE(report.notes.empty());
      }
    }
  }
}

std::map<std::string, ReportValues> ByModel(const Report& report) {
  std::map<std::string, ReportValues> values;
  for (const ReportRow& row : report.rows) values[row.model] = row.values;
  return values;
}

TEST(TruthOfCapturesTest, ModelsOfClaudeCodeAreCountedTruly) {
  auto models =
      ByModel(ReportOfFile("claude-code-2.1.332-sessions.metrics.binpb", ReportRows::kMonth, true));
  ExpectTruth(models["claude-sonnet-5"], {{kCost, 0.7965694}});
  ExpectTruth(models["claude-opus-5"], {{kCost, 0.285147}});
  ExpectTruth(models["claude-haiku-5-5"], {{kCost, 0.00565528}});
}

TEST(TruthOfCapturesTest, ALongContextIsOfTheSameModel) {
  for (const char* file : {"claude-code-2.1.332-interactive.metrics.binpb",
                           "claude-code-2.1.332-variants.metrics.binpb"}) {
    const Report report = ReportOfFile(file, ReportRows::kMonth, true);
    for (const ReportRow& row : report.rows) {
      EXPECT_EQ(row.model.find('['), std::string::npos) << file << " " << row.model;
    }
  }
}

TEST(TruthOfCapturesTest, AContinuedSessionsStrayIdIsSaid) {
  const Report report =
      ReportOfFile("claude-code-2.1.332-sessions.metrics.binpb", ReportRows::kSession);
  ASSERT_EQ(report.rows.size(), 6u);
  ASSERT_EQ(report.remarks.size(), 1u);
  EXPECT_TRUE(
      report.remarks[0].starts_with("session 58368c87-8cb7-4978-8ffa-f3f236e591a6 continued "
                                    "another (--continue)"))
      << report.remarks[0];
}

// Up to the last scrape USD 0.19187912, of which 0.0484866 lies in first samples, whose start a
// scraped page does not tell.
TEST(TruthOfCapturesTest, NamesWithoutUnitsAreRead_AndUnknownStartsSaid) {
  const Report report =
      ReportOfFile("claude-code-2.1.332-prometheus-exporter.om", ReportRows::kSession);
  ExpectTruth(report.total, {{kCost, 0.19187912 - 0.0484866}});
  bool is_said = false;
  for (const std::string& remark : report.remarks) {
    is_said = is_said || (remark.find("cannot tell when a stream started") != std::string::npos &&
                          remark.find("claude_code_cost_usage_total") != std::string::npos);
  }
  EXPECT_TRUE(is_said);
  EXPECT_TRUE(report.remarks.back().starts_with("not counted, since no start tells whether"));
  EXPECT_NE(report.remarks.back().find(": cost_usd 0.0484866, "), std::string::npos)
      << report.remarks.back();
}

struct AgentCapture {
  const char* file;
  const char* agent;
  std::map<std::string, Truth> models;
  Truth total;
  std::vector<ReportColumn> empty;  // what the agent does not tell
};

Truth Tokens(double input, double cached, double output, double reasoning) {
  return {{kInput, input}, {kCacheRead, cached}, {kOutput, output}, {kReasoning, reasoning}};
}

const std::vector<AgentCapture>& OtherAgents() {
  static const auto* const captures = new std::vector<AgentCapture>{
      {"codex-0.171.0.metrics.binpb.gz",
       "Codex",
       {{"gpt-5", Tokens(8200, 5400, 350, 65)}, {"gpt-5-codex", Tokens(9300, 5400, 370, 65)}},
       {{kRequests, 13 - 2}, {kSessions, 3}},
       {kCost, kCommits, kPullRequests, kLinesAdded, kActiveTime}},
      {"codex-0.171.0-parallel.metrics.binpb",
       "Codex",
       {{"gpt-5-codex", Tokens(49200, 32400, 2100, 390)}},
       {{kRequests, 30}},
       {kCost, kSessions, kCommits}},
      {"gemini-cli-0.61.0.metrics.jsonl",
       "Gemini CLI",
       {{"gemini-2.5-flash", Tokens(8200, 5400, 350, 65)},
        {"gemini-2.5-pro", Tokens(9300, 5400, 370, 65)}},
       {{kRequests, 11}, {kSessions, 3}},
       {kCost, kCacheCreation, kCommits, kActiveTime}},
      {"qwen-code-0.24.4.metrics.jsonl",
       "Qwen Code",
       {{"other-coder", Tokens(8200, 5400, 350, 65)},
        {"scratch-coder", Tokens(8200, 5400, 350, 65)}},
       {{kRequests, 10}, {kSessions, 2}},
       {kCost, kCacheCreation, kCommits, kActiveTime}},
      {"copilot-cli-1.0.102.metrics.binpb",
       "Copilot CLI",
       {{"gpt-5", Tokens(8200, 5400, 350, 65)}, {"gpt-4.1", Tokens(8200, 5400, 350, 65)}},
       {{kRequests, 10}},
       {kCost, kSessions, kCommits, kActiveTime}},
  };
  return *captures;
}

TEST(TruthOfCapturesTest, OtherAgentsAreCountedTruly_ByModelAndKindOfToken) {
  for (const AgentCapture& capture : OtherAgents()) {
    SCOPED_TRACE(capture.file);
    const Report report = ReportOfFile(capture.file, ReportRows::kMonth, true);
    EXPECT_TRUE(report.by_agent);
    EXPECT_TRUE(report.remarks.empty()) << report.remarks[0];
    ASSERT_EQ(report.notes.size(), 1u);
    EXPECT_EQ(report.notes[0],
              "input counts what was read from the cache, too, for " + std::string(capture.agent));
    std::map<std::string, ReportValues> models = ByModel(report);
    Truth total = capture.total;
    for (const auto& [model, truth] : capture.models) {
      ASSERT_TRUE(models.contains(model)) << model;
      ExpectTruth(models[model], truth);
      for (const auto& [column, value] : truth) total[column] += value;
    }
    ExpectTruth(report.total, total);
    for (const ReportRow& row : report.rows) EXPECT_EQ(row.agent, capture.agent);
    for (const ReportColumn column : capture.empty) {
      EXPECT_FALSE(ValueOf(report.total, column).has_value())
          << ReportColumnNames()[static_cast<size_t>(column)].key;
    }
  }
}

TEST(TruthOfCapturesTest, SessionsOfGeminiCliAreTold) {
  const Report report = ReportOfFile("gemini-cli-0.61.0.metrics.jsonl", ReportRows::kSession);
  ASSERT_EQ(report.rows.size(), 3u);
  for (const ReportRow& row : report.rows) {
    EXPECT_FALSE(row.name.empty());
    EXPECT_EQ(ValueOf(row.values, kSessions), 1);
  }
}

TEST(TruthOfCapturesTest, OtherTranslationsOfNamesGiveTheSame) {
  for (const AgentCapture& capture : OtherAgents()) {
    const Report report = ReportOfFile(capture.file, ReportRows::kMonth, true);
    for (const Strategy strategy :
         {Strategy::kUnderscoreEscapingWithoutSuffixes, Strategy::kNoUtf8EscapingWithSuffixes,
          Strategy::kNoTranslation}) {
      SCOPED_TRACE(capture.file);
      DatabaseOptions options;
      options.otlp.translation_strategy = strategy;
      Database database(options);
      ASSERT_TRUE(database.LoadFile(std::string(kFolder) + capture.file).ok());
      const Report other = ReportOf(database, ReportRows::kMonth, true);
      EXPECT_EQ(other.total, report.total);
      EXPECT_TRUE(other.remarks.empty()) << other.remarks[0];
    }
  }
}

TEST(TruthOfCapturesTest, AgentsStandSideBySide_AndInputOfTwoMeaningsHasNoTotal) {
  Database database;
  for (const AgentCapture& capture : OtherAgents()) {
    ASSERT_TRUE(database.LoadFile(std::string(kFolder) + capture.file).ok());
  }
  ASSERT_TRUE(
      database.LoadFile(std::string(kFolder) + "claude-code-2.1.332-outage-503.metrics.binpb")
          .ok());
  const Report report = ReportOf(database, ReportRows::kMonth);
  std::map<std::string, ReportValues> agents;
  for (const ReportRow& row : report.rows) agents[row.agent] = row.values;
  ASSERT_EQ(agents.size(), 5u);
  ExpectTruth(agents["Codex"], Tokens(8200 + 9300 + 49200, 10800 + 32400, 720 + 2100, 130 + 390));
  ExpectTruth(agents["Gemini CLI"], Tokens(17500, 10800, 720, 130));
  ExpectTruth(agents["Qwen Code"], Tokens(16400, 10800, 700, 130));
  ExpectTruth(agents["Copilot CLI"], Tokens(16400, 10800, 700, 130));
  ExpectTruth(agents["Claude Code"], {{kCost, 0.0730608}, {kInput, 1727}});
  EXPECT_FALSE(ValueOf(agents["Claude Code"], kReasoning).has_value());
  EXPECT_FALSE(ValueOf(report.total, kInput).has_value());
  ExpectTruth(report.total, {{kCost, 0.0730608}, {kReasoning, 130 * 4 + 390}});
  ASSERT_EQ(report.notes.size(), 1u);
  EXPECT_TRUE(report.notes[0].ends_with("but not for Claude Code, so that it has no total"));
}

}  // namespace
}  // namespace promlite
