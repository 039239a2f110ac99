// `repl DATA --report ROWS` and \report as a user meets them: options, output formats, errors, and
// the queries that a report shows.
#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <map>
#include <regex>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "promlite/tests/apps/run_program.h"

namespace promlite {
namespace {

constexpr const char* kSessions = "tests/data/captures/claude-code-sessions.metrics.binpb";
constexpr const char* kParallel = "tests/data/captures/claude-code-parallel.metrics.binpb";

// Parts the sessions of the capture in two days.
constexpr const char* kZone = "+07:33";

ProgramResult Repl(const std::vector<std::string>& arguments, const std::string& input = "") {
  return RunProgramToEnd(REPL_PROGRAM, arguments, input);
}

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::vector<std::string> Fields(const std::string& line) {
  std::vector<std::string> fields;
  std::istringstream in(line);
  for (std::string field; std::getline(in, field, ',');) fields.push_back(field);
  return fields;
}

// Of a JSON object without others in it, whose values are strings.
std::map<std::string, std::string> Members(const std::string& object) {
  static const std::regex member("\"([^\"]*)\":\"([^\"]*)\"");
  std::map<std::string, std::string> members;
  for (std::sregex_iterator i(object.begin(), object.end(), member), end; i != end; ++i) {
    members[(*i)[1]] = (*i)[2];
  }
  return members;
}

std::string Total(const std::string& json, const std::string& key) {
  const size_t total = json.find("\"total\":");
  return total == std::string::npos ? "" : Members(json.substr(total))[key];
}

TEST(ReportProgramTest, EveryPeriodHasTheSameTotal) {
  for (const std::string rows : {"day", "week", "month", "session", "user", "day by model",
                                 "week by model", "session by model", "by model"}) {
    const ProgramResult result = Repl({kSessions, "--report", rows, "--output", "json"});
    EXPECT_EQ(result.exit_code, 0) << rows;
    EXPECT_EQ(result.err, "") << rows;
    EXPECT_NEAR(std::atof(Total(result.out, "cost_usd").c_str()), 1.74045765, 1e-9) << rows;
    EXPECT_EQ(Total(result.out, "commits"), "7") << rows;
    EXPECT_EQ(Total(result.out, "sessions"), "5") << rows;
    EXPECT_EQ(Total(result.out, "cache_read_tokens"), "1500431") << rows;
  }
}

TEST(ReportProgramTest, OtherNamesOfTheSameMetricsGiveTheSame) {
  const std::string report = Repl({kSessions, "--report", "session", "--output", "json"}).out;
  for (const std::string strategy :
       {"UnderscoreEscapingWithoutSuffixes", "NoUTF8EscapingWithSuffixes", "NoTranslation"}) {
    const ProgramResult other = Repl({kSessions, "--otlp", "translation_strategy=" + strategy,
                                      "--report", "session", "--output", "json"});
    EXPECT_EQ(other.out, report) << strategy;
    EXPECT_EQ(other.err, "") << strategy;
  }
}

TEST(ReportProgramTest, BoundsAreDaysOfTheTimeZone) {
  const auto days = [](std::vector<std::string> options) {
    std::vector<std::string> arguments = {kSessions, "--report",   "day", "--output",
                                          "csv",     "--timezone", kZone};
    arguments.insert(arguments.end(), options.begin(), options.end());
    const ProgramResult result = Repl(arguments);
    EXPECT_EQ(result.exit_code, 0);
    std::vector<std::string> lines = Lines(result.out);
    EXPECT_FALSE(lines.empty());
    if (!lines.empty()) lines.erase(lines.begin());
    return lines;
  };
  const std::vector<std::string> both = days({});
  ASSERT_EQ(both.size(), 2u);
  EXPECT_TRUE(both[0].starts_with("2026-11-23,")) << both[0];
  EXPECT_TRUE(both[1].starts_with("2026-11-24,")) << both[1];
  EXPECT_EQ(days({"--since", "2026-11-24"}), std::vector<std::string>{both[1]});
  EXPECT_EQ(days({"--until", "2026-11-23"}), std::vector<std::string>{both[0]});
  EXPECT_EQ(days({"--since", "2026-11-23", "--until", "2026-11-24"}), both);
  EXPECT_EQ(days({"--until=2026-11-22"}), std::vector<std::string>{});
}

TEST(ReportProgramTest, CsvHasARowOfAllColumnsForEachDay_AndNoTotal) {
  const ProgramResult result =
      Repl({kSessions, "--report", "day by model", "--output", "csv", "--timezone", kZone});
  const std::vector<std::string> lines = Lines(result.out);
  ASSERT_GT(lines.size(), 2u) << result.out;
  EXPECT_EQ(lines[0],
            "day,model,cost_usd,input_tokens,output_tokens,cache_read_tokens,"
            "cache_creation_tokens,sessions,commits,pull_requests,lines_added,lines_removed,"
            "active_seconds");
  double cost = 0;
  for (size_t i = 1; i < lines.size(); ++i) {
    ASSERT_EQ(Fields(lines[i]).size(), 13u) << lines[i];
    cost += std::atof(Fields(lines[i])[2].c_str());
  }
  EXPECT_NEAR(cost, 1.74045765, 1e-9);
}

TEST(ReportProgramTest, WhatIsWrongIsSaid) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> wrong = {
      {{"--report", "year"}, "unexpected \"year\""},
      {{"--report", "day week"}, "unexpected \"week\""},
      {{"--report", "day by user"}, "unexpected \"by\""},
      {{"--report", ""}, "must be day, week, month, session or user"},
      {{"--report", "day", "--since", "yesterday"}, "--since"},
      {{"--report", "day", "--until", "2026-02-30"}, "--until"},
      {{"--report", "day", "--timezone", "Europe/Nowhere"}, "unknown time zone \"Europe/Nowhere\""},
      {{"--report", "day", "--timezone", "+24:00"}, "unknown time zone \"+24:00\""},
      {{"--report", "day", "--since", "2026-06-02", "--until", "2026-06-01"},
       "--until is before --since"},
      {{"--report", "day", "--output", "chart"}, "\\report answers as a table, JSON or CSV only"},
      {{"--report", "day", "--output", "csv", "--show-queries"},
       "--show-queries answers as a table or JSON only"},
      {{"--report", "day", "-c", "up"}, "exclude each other"},
      {{"--report", "day", "--time", "oldest"}, "not by --time"},
      {{"--report", "day", "--start", "-1h"}, "counts from --since to --until"},
      {{"--since", "2026-06-02"}, "belong to --report"},
      {{"--show-queries"}, "belong to --report"},
  };
  for (const auto& [options, message] : wrong) {
    std::vector<std::string> arguments = {kSessions};
    arguments.insert(arguments.end(), options.begin(), options.end());
    const ProgramResult result = Repl(arguments);
    EXPECT_EQ(result.exit_code, 1) << message;
    EXPECT_EQ(result.out, "") << message;
    EXPECT_NE(result.err.find(message), std::string::npos) << message << "\n" << result.err;
  }
}

TEST(ReportProgramTest, AFailureIsSaidInJson_WhereJsonIsAskedFor) {
  const ProgramResult result =
      Repl({kSessions, "--max-samples", "2", "--report", "day", "--output", "json"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_EQ(result.err, "");
  EXPECT_EQ(
      result.out,
      "{\"status\":\"error\",\"errorType\":\"execution\",\"error\":\"query processing would load "
      "too many samples into memory in query execution\"}\n");
}

TEST(ReportProgramTest, TheCommandOfTheShellIsTheSame) {
  const std::string report =
      Repl({kSessions, "--report", "day by model", "--timezone", kZone, "--since", "2026-11-24"})
          .out;
  EXPECT_EQ(
      Repl({kSessions, "-c", "\\report day by model --timezone +07:33 --since 2026-11-24"}).out,
      report);
  EXPECT_EQ(Repl({kSessions}, "\\report --since 2026-11-24 --timezone +07:33 by model\n").out,
            report);
}

TEST(ReportProgramTest, DataWithoutClaudeCodeGivesAWarning) {
  const ProgramResult result = Repl({"tests/data/increase.om", "--report", "day", "-o", "csv"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(Lines(result.out).size(), 1u) << result.out;
  EXPECT_NE(result.err.find("no counter of Claude Code"), std::string::npos) << result.err;
}

TEST(ReportProgramTest, OtherAgentsHaveRowsOfTheirOwn_EmptyWhereTheyTellNothing) {
  const std::string data = "tests/data/captures/qwen-code-0.24.4.metrics.jsonl";
  const ProgramResult json = Repl({data, "--report", "day", "--output", "json"});
  EXPECT_EQ(json.err, "");
  EXPECT_NE(json.out.find("\"agent\":\"Qwen Code\",\"cost_usd\":null,\"input_tokens\":\"16400\""),
            std::string::npos)
      << json.out;
  EXPECT_NE(json.out.find("\"notes\":[\"input counts what was read from the cache, too, for Qwen "
                          "Code\"]"),
            std::string::npos)
      << json.out;
  const ProgramResult table = Repl({data, "--report", "day"});
  EXPECT_TRUE(
      table.out.ends_with("input counts what was read from the cache, too, for Qwen Code\n"))
      << table.out;
  const std::vector<std::string> lines = Lines(Repl({data, "--report", "day", "-o", "csv"}).out);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_TRUE(lines[0].starts_with("day,agent,cost_usd,")) << lines[0];
  EXPECT_TRUE(lines[1].starts_with("2026-11-30,Qwen Code,,16400,700,10800,,130,10,2,")) << lines[1];
}

// ---- the queries ------------------------------------------------------------------------------

struct ShownQuery {
  std::string time;
  std::string query;
};

// As they stand below the table.
std::vector<ShownQuery> ShownQueries(const std::string& text) {
  constexpr std::string_view kTimes = "evaluated at ";
  std::vector<ShownQuery> queries;
  std::vector<std::string> times;
  for (const std::string& line : Lines(text)) {
    if (line.starts_with(kTimes)) {
      times.clear();
      std::string list = line.substr(kTimes.size());
      list.back() = ',';  // a colon
      std::istringstream in(list);
      for (std::string time; std::getline(in >> std::ws, time, ',');) times.push_back(time);
    } else if (line.starts_with("  ")) {
      for (const std::string& time : times) queries.push_back({time, line.substr(2)});
    }
  }
  return queries;
}

// The column that a series of an answer is of.
std::string ColumnOf(const std::string& query, const std::string& type) {
  static const auto* const columns =
      new std::vector<std::pair<std::string, std::string>>{{"cost_usage", "cost_usd"},
                                                           {"session_count", "sessions"},
                                                           {"commit_count", "commits"},
                                                           {"pull_request_count", "pull_requests"},
                                                           {"active_time", "active_seconds"}};
  static const auto* const types = new std::map<std::string, std::string>{
      {"input", "input_tokens"},          {"output", "output_tokens"},
      {"cacheRead", "cache_read_tokens"}, {"cacheCreation", "cache_creation_tokens"},
      {"added", "lines_added"},           {"removed", "lines_removed"}};
  for (const auto& [part, column] : *columns) {
    if (query.find(part) != std::string::npos) return column;
  }
  return types->at(type);
}

// By row, model and column; without those that are zero.
using Cells = std::map<std::array<std::string, 3>, double>;

Cells CellsOfReport(const std::string& json, const std::string& rows) {
  Cells cells;
  const std::regex of_rows("\\{(\"" + rows + "\":[^{}]*)\\}");
  for (std::sregex_iterator i(json.begin(), json.end(), of_rows), end; i != end; ++i) {
    std::map<std::string, std::string> members = Members((*i)[1]);
    for (const auto& [key, text] : members) {
      const double value = std::atof(text.c_str());
      if (key != rows && key != "model" && value != 0) {
        cells[{members[rows], members["model"], key}] = value;
      }
    }
  }
  return cells;
}

// What the queries answer when they are pasted into the repl, each after its time. Rows are named
// by `label`; without one, by the time, of which `names` tells the row.
Cells CellsOfAnswers(const std::string& data, const std::vector<ShownQuery>& queries,
                     const std::string& label, const std::map<std::string, std::string>& names) {
  std::string script;
  for (const ShownQuery& shown : queries) {
    script += "\\time " + shown.time + "\n" + shown.query + "\n";
  }
  std::vector<std::string> answers;
  for (const std::string& line : Lines(Repl({data, "-o", "json"}, script).out)) {
    if (line.starts_with("{\"status\"")) answers.push_back(line);
  }
  Cells cells;
  EXPECT_EQ(answers.size(), queries.size());
  if (answers.size() != queries.size()) return cells;
  static const std::regex series("\"metric\":\\{([^}]*)\\},\"value\":\\[[^,]*,\"([^\"]*)\"\\]");
  for (size_t i = 0; i < answers.size(); ++i) {
    EXPECT_TRUE(answers[i].starts_with("{\"status\":\"success\"")) << answers[i];
    for (std::sregex_iterator s(answers[i].begin(), answers[i].end(), series), end; s != end; ++s) {
      std::map<std::string, std::string> labels = Members((*s)[1]);
      const double value = std::atof((*s)[2].str().c_str());
      const std::string row = label.empty() ? names.at(queries[i].time) : labels[label];
      const std::string column = ColumnOf(queries[i].query, labels["type"]);
      if (value != 0) cells[{row, labels["model"], column}] += value;
    }
  }
  return cells;
}

void ExpectSameCells(const Cells& got, const Cells& expected) {
  EXPECT_FALSE(expected.empty());
  EXPECT_EQ(got.size(), expected.size());
  for (const auto& [key, value] : expected) {
    const auto found = got.find(key);
    ASSERT_NE(found, got.end()) << key[0] << " " << key[1] << " " << key[2];
    EXPECT_NEAR(found->second, value, 1e-9) << key[0] << " " << key[1] << " " << key[2];
  }
}

TEST(ReportProgramTest, TheShownQueriesGiveTheCellsOfDays) {
  for (const std::string rows : {"day", "day by model"}) {
    const std::vector<std::string> arguments = {kSessions, "--report", rows, "--timezone", kZone};
    std::vector<std::string> text = arguments, json = arguments;
    text.push_back("--show-queries");
    json.insert(json.end(), {"--output", "json"});
    // The last milliseconds of both days, seven and a half hours ahead of UTC.
    ExpectSameCells(CellsOfAnswers(kSessions, ShownQueries(Repl(text).out), "",
                                   {{"2026-11-23T16:26:59.999Z", "2026-11-23"},
                                    {"2026-11-24T16:26:59.999Z", "2026-11-24"}}),
                    CellsOfReport(Repl(json).out, "day"));
  }
}

TEST(ReportProgramTest, TheShownQueriesGiveTheCellsOfSessionsAndUsers) {
  struct Case {
    std::string rows, row, label;
  };
  for (const auto& [rows, row, label] :
       {Case{"session", "session", "session_id"}, Case{"session by model", "session", "session_id"},
        Case{"user", "user", "user_id"}}) {
    for (const char* data : {kSessions, kParallel}) {
      ExpectSameCells(
          CellsOfAnswers(data, ShownQueries(Repl({data, "--report", rows, "--show-queries"}).out),
                         label, {}),
          CellsOfReport(Repl({data, "--report", rows, "--output", "json"}).out, row));
    }
  }
}

TEST(ReportProgramTest, TheQueriesInJsonAreThoseThatTheTableShows) {
  const std::vector<std::string> arguments = {kSessions, "--report", "day", "--show-queries"};
  std::vector<std::string> json = arguments;
  json.insert(json.end(), {"--output", "json"});
  const std::string body = Repl(json).out;
  const std::vector<ShownQuery> shown = ShownQueries(Repl(arguments).out);
  ASSERT_EQ(shown.size(), 7u);
  for (const ShownQuery& query : shown) {
    EXPECT_NE(body.find("{\"time\":1795478399.999,\"query\":\"" + query.query + "\"}"),
              std::string::npos)
        << query.query << "\n"
        << body;
  }
}

}  // namespace
}  // namespace promlite
