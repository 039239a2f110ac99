#ifndef PROMLITE_ENGINE_USAGE_REPORT_REPORT_H_
#define PROMLITE_ENGINE_USAGE_REPORT_REPORT_H_

#include <atomic>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "promlite/engine/run/engine_options.h"
#include "promlite/engine/usage/report/report_columns.h"
#include "promlite/engine/usage/report/report_periods.h"
#include "promlite/parser/text/export.h"
#include "promlite/storage/database.h"

namespace promlite {

struct ReportRow {
  std::string name;   // of the day, week, month, session or user; empty: the series do not say
  std::string model;  // empty: the series do not say
  ReportValues values{};
  std::string agent = "Claude Code";
};

// A query that the report is made of, with when it is evaluated.
struct ReportQuery {
  absl::Time time;
  std::string query;
};

struct Report {
  ReportRequest request;
  // Those to show, in this order.
  std::vector<ReportColumn> columns = ClaudeCodeColumns();
  bool by_agent = false;  // other agents than Claude Code are in it: a row is of one
  // Those with anything counted: by time, sessions and users by falling cost; models by name.
  std::vector<ReportRow> rows;
  ReportValues total{};
  std::vector<ReportQuery> queries;
  std::vector<std::string> remarks;  // warnings and infos of the queries, each once
  std::vector<std::string> notes;  // what the columns mean, where agents mean other things by them
};

// Counts what Claude Code and other agents did, by queries of the engine, sum by (...)
// (increase(x[d] exact)) at the last millisecond of each period, Prometheus 3.16's semantics; so
// all rows add up to what was counted. A model's long context, "[1m]", is the same model. Metrics
// and labels are found however OTLP names were translated. Without any counter, what the events of
// Claude Code say of its requests stands in the rows, and a remark says so. Errors: those of
// Engine::Instant(), and of ReportPeriods().
PROMLITE_EXPORT absl::StatusOr<Report> MakeReport(const Database& database,
                                                  const EngineOptions& engine_options,
                                                  const ReportRequest& request,
                                                  const std::atomic<bool>* cancelled = nullptr);

}  // namespace promlite

#endif  // PROMLITE_ENGINE_USAGE_REPORT_REPORT_H_
