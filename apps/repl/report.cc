#include "promlite/apps/repl/report.h"

#include <algorithm>
#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "promlite/apps/repl/report_periods.h"
#include "promlite/apps/repl/series_name.h"
#include "promlite/apps/repl/time_text.h"
#include "promlite/engine/engine.h"
#include "promlite/engine/kernels/kahan_sum.h"
#include "promlite/engine/untranslated_name.h"

namespace promlite::repl {
namespace {

constexpr std::array<ReportColumnName, kReportColumnCount> kColumnNames = {{
    {"cost (USD)", "cost_usd"},
    {"input", "input_tokens"},
    {"output", "output_tokens"},
    {"cacheRead", "cache_read_tokens"},
    {"cacheCreation", "cache_creation_tokens"},
    {"sessions", "sessions"},
    {"commits", "commits"},
    {"PRs", "pull_requests"},
    {"added", "lines_added"},
    {"removed", "lines_removed"},
    {"active", "active_seconds"},
}};

struct Part {
  std::string_view type;  // the value of the label `type`; empty: the metric is one column
  ReportColumn column;
};

// A counter and the columns that it fills.
struct Counter {
  std::string_view name;  // as the exporter says, underscores for dots
  std::string_view unit;  // as Prometheus' suffix writes it; empty: none
  std::vector<Part> parts;
};

const std::vector<Counter>& Counters() {
  static const auto* const counters = new std::vector<Counter>{
      {"claude_code_cost_usage", "USD", {{"", ReportColumn::kCost}}},
      {"claude_code_token_usage",
       "tokens",
       {{"input", ReportColumn::kInput},
        {"output", ReportColumn::kOutput},
        {"cacheRead", ReportColumn::kCacheRead},
        {"cacheCreation", ReportColumn::kCacheCreation}}},
      {"claude_code_session_count", "", {{"", ReportColumn::kSessions}}},
      {"claude_code_commit_count", "", {{"", ReportColumn::kCommits}}},
      {"claude_code_pull_request_count", "", {{"", ReportColumn::kPullRequests}}},
      {"claude_code_lines_of_code_count",
       "",
       {{"added", ReportColumn::kLinesAdded}, {"removed", ReportColumn::kLinesRemoved}}},
      {"claude_code_active_time", "seconds", {{"", ReportColumn::kActiveTime}}},
  };
  return *counters;
}

// The first of the labels that there is, else the first.
std::string FindLabel(const std::vector<std::string>& there,
                      std::initializer_list<std::string_view> wanted) {
  for (const std::string_view name : wanted) {
    if (std::find(there.begin(), there.end(), name) != there.end()) return std::string(name);
  }
  return std::string(*wanted.begin());
}

// The label that tells the rows, empty if times do.
std::string RowLabel(ReportRows rows, const std::vector<std::string>& labels) {
  switch (rows) {
    case ReportRows::kSession:
      return FindLabel(labels, {"session_id", "session.id"});
    case ReportRows::kUser:
      return FindLabel(labels,
                       {"user_email", "user.email", "user_account_uuid", "user.account_uuid",
                        "user_account_id", "user.account_id", "user_id", "user.id"});
    default:
      return "";
  }
}

using RowKey = std::pair<std::string, std::string>;  // name, model
using Sums = std::array<internal::KahanSum, kReportColumnCount>;

class Counting {
 public:
  Counting(const Database& database, const EngineOptions& options,
           const std::atomic<bool>* cancelled, Report* report)
      : engine_(&database, options),
        query_options_{.cancelled = cancelled},
        labels_(database.LabelNames()),
        row_label_(RowLabel(report->request.rows, labels_)),
        report_(report) {
    const std::vector<std::string> names = database.LabelValues(kMetricName);
    for (const Counter& counter : Counters()) {
      std::vector<std::string>& there = metrics_.emplace_back();
      for (const std::string& name : names) {
        if (internal::UntranslatedName(name, counter.unit) == counter.name) there.push_back(name);
      }
    }
  }

  absl::Status CountPeriod(const ReportPeriod& period) {
    std::map<RowKey, ReportValues> rows;
    for (size_t i = 0; i < metrics_.size(); ++i) {
      for (const std::string& metric : metrics_[i]) {
        const absl::Status status = CountMetric(Counters()[i], metric, period, &rows);
        if (!status.ok()) return status;
      }
    }
    for (auto& [key, values] : rows) {
      for (size_t i = 0; i < values.size(); ++i) total_[i].Add(values[i]);
      report_->rows.push_back({key.first, key.second, values});
    }
    return absl::OkStatus();
  }

  void Finish() {
    for (size_t i = 0; i < total_.size(); ++i) report_->total[i] = total_[i].Total();
    report_->remarks.assign(remarks_.begin(), remarks_.end());
  }

 private:
  std::string QueryText(const Counter& counter, const std::string& metric,
                        const ReportPeriod& period) const {
    std::string by;
    const auto add = [&](const std::string& label) {
      if (label.empty()) return;
      if (!by.empty()) by += ", ";
      by += QuotedIfNeeded(label);
    };
    add(row_label_);
    if (report_->request.by_model) add("model");
    if (counter.parts.size() > 1) add("type");
    const absl::Duration range = period.last - period.first + absl::Milliseconds(1);
    return (by.empty() ? "sum(increase(" : "sum by (" + by + ") (increase(") +
           SeriesName({{std::string(kMetricName), metric}}) + "[" + DurationText(range) +
           "] exact))";
  }

  absl::Status CountMetric(const Counter& counter, const std::string& metric,
                           const ReportPeriod& period, std::map<RowKey, ReportValues>* rows) {
    const std::string query = QueryText(counter, metric, period);
    report_->queries.push_back({period.last, query});
    const absl::StatusOr<QueryResult> result = engine_.Instant(query, period.last, query_options_);
    if (!result.ok()) return result.status();
    for (const std::string& text : result->warnings) remarks_.insert(text);
    for (const std::string& text : result->infos) remarks_.insert(text);
    for (const ResultSeries& series : result->series) {
      const std::string_view type = series.labels.Get("type");
      for (const Part& part : counter.parts) {
        if (!part.type.empty() && part.type != type) continue;
        const std::string name =
            row_label_.empty() ? period.name : std::string(series.labels.Get(row_label_));
        ReportValues& values = (*rows)[{name, std::string(series.labels.Get("model"))}];
        values[static_cast<size_t>(part.column)] += series.samples.front().value;
      }
    }
    return absl::OkStatus();
  }

  const Engine engine_;
  const QueryOptions query_options_;
  const std::vector<std::string> labels_;
  const std::string row_label_;
  std::vector<std::vector<std::string>> metrics_;  // of each counter, those that there are
  Sums total_;
  std::set<std::string> remarks_;
  Report* report_;
};

// The most expensive first; the models of one stay together.
void SortByCost(std::vector<ReportRow>* rows) {
  constexpr size_t kCost = static_cast<size_t>(ReportColumn::kCost);
  std::map<std::string, double> cost;
  for (const ReportRow& row : *rows) cost[row.name] += row.values[kCost];
  std::stable_sort(rows->begin(), rows->end(), [&](const ReportRow& a, const ReportRow& b) {
    return cost[a.name] != cost[b.name] ? cost[a.name] > cost[b.name] : a.name < b.name;
  });
}

}  // namespace

const std::array<ReportColumnName, kReportColumnCount>& ReportColumnNames() { return kColumnNames; }

absl::StatusOr<Report> MakeReport(const Database& database, const EngineOptions& engine_options,
                                  const ReportRequest& request,
                                  const std::atomic<bool>* cancelled) {
  Report report;
  report.request = request;
  absl::StatusOr<std::vector<ReportPeriod>> periods =
      ReportPeriods(request, database.MinTime(), database.MaxTime());
  if (!periods.ok()) return periods.status();
  EngineOptions options = engine_options;
  options.exact_ranges = true;
  options.compatibility = Compatibility::kPrometheus3;
  Counting counting(database, options, cancelled, &report);
  for (const ReportPeriod& period : *periods) {
    if (absl::Status status = counting.CountPeriod(period); !status.ok()) return status;
  }
  counting.Finish();
  if (!request.HasPeriods()) SortByCost(&report.rows);
  return report;
}

}  // namespace promlite::repl
