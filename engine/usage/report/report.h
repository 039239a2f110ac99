#ifndef PROMLITE_ENGINE_USAGE_REPORT_REPORT_H_
#define PROMLITE_ENGINE_USAGE_REPORT_REPORT_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "promlite/engine/run/engine_options.h"
#include "promlite/engine/usage/report/report_periods.h"
#include "promlite/parser/text/export.h"
#include "promlite/storage/database.h"

namespace promlite {

// What Claude Code counts, as columns.
enum class ReportColumn {
  kCost,
  kInput,
  kOutput,
  kCacheRead,
  kCacheCreation,
  kSessions,
  kCommits,
  kPullRequests,
  kLinesAdded,
  kLinesRemoved,
  kActiveTime,
};
inline constexpr size_t kReportColumnCount = 11;

struct ReportColumnName {
  std::string_view title;  // for people: "cost (USD)", "cache read"
  std::string_view key;    // for programs; the unit stands in it: "cost_usd", "cache_read_tokens"
};
// In the order of ReportColumn.
PROMLITE_EXPORT const std::array<ReportColumnName, kReportColumnCount>& ReportColumnNames();

using ReportValues = std::array<double, kReportColumnCount>;

struct ReportRow {
  std::string name;   // of the day, week, month, session or user; empty: the series do not say
  std::string model;  // empty: the series do not say
  ReportValues values{};
};

// A query that the report is made of, with when it is evaluated.
struct ReportQuery {
  absl::Time time;
  std::string query;
};

struct Report {
  ReportRequest request;
  // Those with anything counted: by time, sessions and users by falling cost; models by name.
  std::vector<ReportRow> rows;
  ReportValues total{};
  std::vector<ReportQuery> queries;
  std::vector<std::string> remarks;  // warnings and infos of the queries, each once
};

// Counts what Claude Code did, by queries of the engine, sum by (...) (increase(x[d] exact)) at the
// last millisecond of each period, Prometheus 3.14's semantics; so all rows add up to what was
// counted. Metrics and labels are found however OTLP names were translated. Errors: those of
// Engine::Instant(), and of ReportPeriods().
PROMLITE_EXPORT absl::StatusOr<Report> MakeReport(const Database& database,
                                                  const EngineOptions& engine_options,
                                                  const ReportRequest& request,
                                                  const std::atomic<bool>* cancelled = nullptr);

}  // namespace promlite

#endif  // PROMLITE_ENGINE_USAGE_REPORT_REPORT_H_
