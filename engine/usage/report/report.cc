#include "promlite/engine/usage/report/report.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <utility>

#include "absl/strings/str_cat.h"
#include "promlite/engine/answer/series_name.h"
#include "promlite/engine/engine.h"
#include "promlite/engine/kernels/kahan_sum.h"
#include "promlite/engine/usage/vocabulary.h"
#include "promlite/parser/text/durations.h"

namespace promlite {
namespace {

constexpr std::array<ReportColumnName, kReportColumnCount> kColumnNames = {{
    {"cost (USD)", "cost_usd"},
    {"input", "input_tokens"},
    {"output", "output_tokens"},
    {"cache read", "cache_read_tokens"},
    {"cache creation", "cache_creation_tokens"},
    {"sessions", "sessions"},
    {"commits", "commits"},
    {"PRs", "pull_requests"},
    {"added", "lines_added"},
    {"removed", "lines_removed"},
    {"active", "active_seconds"},
}};

// What the engine says of a counter whose name has no suffix, as some translations make it. These
// are known to be counters.
constexpr std::string_view kDoubtsCounter = "PromQL info: metric might not be a counter";

struct Part {
  std::string_view type;  // the value of the label `type`; empty: the metric is one column
  ReportColumn column;
};

// The columns that a counter fills.
struct CounterColumns {
  usage::UsageCounter counter;
  std::vector<Part> parts;
};

const std::vector<CounterColumns>& Counters() {
  static const auto* const counters = new std::vector<CounterColumns>{
      {usage::kCostUsage, {{"", ReportColumn::kCost}}},
      {usage::kTokenUsage,
       {{TokenKindName(TokenKind::kInput), ReportColumn::kInput},
        {TokenKindName(TokenKind::kOutput), ReportColumn::kOutput},
        {TokenKindName(TokenKind::kCacheRead), ReportColumn::kCacheRead},
        {TokenKindName(TokenKind::kCacheCreation), ReportColumn::kCacheCreation}}},
      {usage::kSessionCount, {{"", ReportColumn::kSessions}}},
      {usage::kCommitCount, {{"", ReportColumn::kCommits}}},
      {usage::kPullRequestCount, {{"", ReportColumn::kPullRequests}}},
      {usage::kLinesOfCodeCount,
       {{usage::kAddedLines, ReportColumn::kLinesAdded},
        {usage::kRemovedLines, ReportColumn::kLinesRemoved}}},
      {usage::kActiveTime, {{"", ReportColumn::kActiveTime}}},
  };
  return *counters;
}

// The wanted labels that there are; the first of them if there are none.
std::vector<std::string> FindLabels(const std::vector<std::string>& there,
                                    std::span<const std::string_view> wanted) {
  std::vector<std::string> found;
  for (const std::string_view name : wanted) {
    if (std::find(there.begin(), there.end(), name) != there.end()) found.emplace_back(name);
  }
  if (found.empty()) found.emplace_back(wanted.front());
  return found;
}

// The labels that tell the rows, each of a series that has none of those before it; none if times
// do.
std::vector<std::string> RowLabels(ReportRows rows, const std::vector<std::string>& labels) {
  switch (rows) {
    case ReportRows::kSession:
      return FindLabels(labels, usage::kSessionLabels);
    case ReportRows::kUser:
      return FindLabels(labels, usage::kUserLabels);
    default:
      return {};
  }
}

// The range as Prometheus reads it to the millisecond. It makes a double of nanoseconds of one and
// drops what is no whole millisecond: from 2^51 ns on, that may be a nanosecond too few. Half a
// millisecond more, which the units of a duration cannot say, is dropped as surely.
std::string RangeText(absl::Duration range) {
  constexpr absl::Duration kSafe = absl::Nanoseconds(int64_t{1} << 51);
  const int64_t ms = absl::ToInt64Milliseconds(range);
  if (range < kSafe || ms % 1000 == 0)
    return internal::FormatDuration(absl::ToInt64Nanoseconds(range));
  return absl::StrCat(ms / 1000, ".", absl::Dec(ms % 1000, absl::kZeroPad3), "5");
}

bool IsNothing(const ReportValues& values) {
  return std::all_of(values.begin(), values.end(), [](double value) { return value == 0; });
}

using RowKey = std::pair<std::string, std::string>;  // name, model
using Sums = std::array<internal::KahanSum, kReportColumnCount>;

class Counting {
 public:
  Counting(const Database& database, const EngineOptions& options,
           const std::atomic<bool>* cancelled, Report* report)
      : engine_(&database, options),
        query_options_{.cancelled = cancelled},
        row_labels_(RowLabels(report->request.rows, database.LabelNames())),
        report_(report) {
    const std::vector<std::string> names = database.LabelValues(kMetricName);
    for (const CounterColumns& columns : Counters()) {
      std::vector<std::string>& there = metrics_.emplace_back();
      for (const std::string& name : names) {
        if (usage::IsMetricOf(name, columns.counter)) there.push_back(name);
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
      if (IsNothing(values)) continue;
      for (size_t i = 0; i < values.size(); ++i) total_[i].Add(values[i]);
      report_->rows.push_back({key.first, key.second, values});
    }
    return absl::OkStatus();
  }

  void Finish() {
    const auto is_missing = [](const std::vector<std::string>& names) { return names.empty(); };
    if (std::all_of(metrics_.begin(), metrics_.end(), is_missing)) {
      remarks_.insert(
          "the data has no counter of Claude Code, such as claude_code_cost_usage_USD_total");
    }
    for (size_t i = 0; i < total_.size(); ++i) report_->total[i] = total_[i].Total();
    report_->remarks.assign(remarks_.begin(), remarks_.end());
  }

 private:
  std::string QueryText(const CounterColumns& counter, const std::string& metric,
                        const ReportPeriod& period) const {
    std::string by;
    const auto add = [&](const std::string& label) {
      if (!by.empty()) by += ", ";
      by += QuotedIfNeeded(label);
    };
    for (const std::string& label : row_labels_) add(label);
    if (report_->request.by_model) add(std::string(usage::kModelLabel));
    if (counter.parts.size() > 1) add(std::string(usage::kTypeLabel));
    const absl::Duration range = period.last - period.first + absl::Milliseconds(1);
    return (by.empty() ? "sum(increase(" : "sum by (" + by + ") (increase(") +
           SeriesName({{std::string(kMetricName), metric}}) + "[" + RangeText(range) + "] exact))";
  }

  std::string RowName(const Labels& labels, const ReportPeriod& period) const {
    for (const std::string& label : row_labels_) {
      if (const std::string_view name = labels.Get(label); !name.empty()) return std::string(name);
    }
    return period.name;
  }

  absl::Status CountMetric(const CounterColumns& counter, const std::string& metric,
                           const ReportPeriod& period, std::map<RowKey, ReportValues>* rows) {
    const std::string query = QueryText(counter, metric, period);
    report_->queries.push_back({period.last, query});
    const absl::StatusOr<QueryResult> result = engine_.Instant(query, period.last, query_options_);
    if (!result.ok()) return result.status();
    for (const std::string& text : result->warnings) remarks_.insert(text);
    for (const std::string& text : result->infos) {
      if (!text.starts_with(kDoubtsCounter)) remarks_.insert(text);
    }
    for (const ResultSeries& series : result->series) {
      const std::string_view type = series.labels.Get(usage::kTypeLabel);
      for (const Part& part : counter.parts) {
        if (!part.type.empty() && part.type != type) continue;
        ReportValues& values = (*rows)[{RowName(series.labels, period),
                                        std::string(series.labels.Get(usage::kModelLabel))}];
        values[static_cast<size_t>(part.column)] += series.samples.front().value;
      }
    }
    return absl::OkStatus();
  }

  const Engine engine_;
  const QueryOptions query_options_;
  const std::vector<std::string> row_labels_;
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

}  // namespace promlite
