#include "promlite/engine/usage/report/report.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "promlite/engine/answer/json.h"
#include "promlite/engine/answer/series_name.h"
#include "promlite/engine/engine.h"
#include "promlite/engine/usage/report/event_report.h"
#include "promlite/engine/usage/report/report_row_sums.h"
#include "promlite/engine/usage/report/usage_counters.h"
#include "promlite/engine/usage/vocabulary.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/parser/text/durations.h"

namespace promlite {
namespace {

using internal::PlaceOf;
using internal::ReportRowKey;
using internal::ReportRowMap;
using internal::ReportRowSums;

// What the engine says of a counter whose name has no suffix, as some translations make it. These
// are known to be counters.
constexpr std::string_view kDoubtsCounter = "PromQL info: metric might not be a counter";

constexpr std::string_view kNoCounter =
    "the data has no counter of Claude Code, such as claude_code_cost_usage_USD_total, nor of "
    "another agent that is known";

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

// Of a matcher by = or =~.
std::string MatcherText(const Matcher& matcher) {
  return QuotedIfNeeded(matcher.name()) + (matcher.type() == Matcher::Type::kEqual ? "=" : "=~") +
         QuoteString(matcher.value());
}

class Counting {
 public:
  Counting(const Database& database, const EngineOptions& options,
           const std::atomic<bool>* cancelled, Report* report)
      : database_(database),
        engine_(&database, options),
        query_options_{.cancelled = cancelled},
        row_labels_(RowLabels(report->request.rows, database.LabelNames())),
        counters_(usage::FindUsageCounters(database)),
        sums_(report),
        report_(report) {
    remarks_.insert(counters_.remarks.begin(), counters_.remarks.end());
    for (const usage::FoundCounter& found : counters_.found) {
      if (!usage::IsClaudeCode(*found.agent)) report->by_agent = true;
      for (const usage::CountedKind& kind : found.counter->kinds) {
        sums_.Tell(PlaceOf(found.agent), kind.column);
      }
    }
    if (report->by_agent) report->columns = AllReportColumns();
  }

  bool HasCounters() const { return !counters_.found.empty(); }

  absl::Status CountPeriod(const ReportPeriod& period) {
    ReportRowMap rows;
    for (const usage::FoundCounter& found : counters_.found) {
      for (const std::string& metric : found.metrics) {
        const absl::Status status = CountMetric(found, metric, period, &rows);
        if (!status.ok()) return status;
      }
    }
    sums_.Add(std::move(rows));
    return absl::OkStatus();
  }

  // `first`, `last`: of all periods.
  void Finish(absl::Time first, absl::Time last) {
    sums_.Finish();
    RemarkFirstSamples(first, last);
    if (report_->request.rows == ReportRows::kSession) RemarkContinued();
    report_->remarks.assign(remarks_.begin(), remarks_.end());
  }

 private:
  std::string QueryText(const usage::FoundCounter& found, const std::string& metric,
                        const ReportPeriod& period) const {
    std::string by;
    const auto add = [&](const std::string& label) {
      if (!by.empty()) by += ", ";
      by += QuotedIfNeeded(label);
    };
    for (const std::string& label : row_labels_) add(label);
    if (report_->request.by_model) add(found.model_label);
    if (!found.kind_label.empty()) add(found.kind_label);
    std::string selector = SeriesName({{std::string(kMetricName), metric}});
    if (found.condition) {
      const bool has_braces = selector.back() == '}';
      if (has_braces) selector.pop_back();
      selector += (has_braces ? "," : "{") + MatcherText(*found.condition) + "}";
    }
    const absl::Duration range = period.last - period.first + absl::Milliseconds(1);
    return (by.empty() ? "sum(increase(" : "sum by (" + by + ") (increase(") + selector + "[" +
           RangeText(range) + "] exact))";
  }

  std::string RowName(const Labels& labels, const ReportPeriod& period) const {
    for (const std::string& label : row_labels_) {
      if (const std::string_view name = labels.Get(label); !name.empty()) return std::string(name);
    }
    return period.name;
  }

  absl::Status CountMetric(const usage::FoundCounter& found, const std::string& metric,
                           const ReportPeriod& period, ReportRowMap* rows) {
    const std::string query = QueryText(found, metric, period);
    report_->queries.push_back({period.last, query});
    const absl::StatusOr<QueryResult> result = engine_.Instant(query, period.last, query_options_);
    if (!result.ok()) return result.status();
    for (const std::string& text : result->warnings) remarks_.insert(text);
    for (const std::string& text : result->infos) {
      if (!text.starts_with(kDoubtsCounter)) remarks_.insert(text);
    }
    for (const ResultSeries& series : result->series) {
      const ReportRowKey key = {
          RowName(series.labels, period), PlaceOf(found.agent),
          std::string(usage::ModelWithoutContext(series.labels.Get(found.model_label)))};
      for (const usage::CountedKind& kind : found.counter->kinds) {
        if (!kind.kind.empty() && kind.kind != series.labels.Get(found.kind_label)) continue;
        AddTo(&(*rows)[key], kind.column, series.samples.front().value);
      }
    }
    return absl::OkStatus();
  }

  // What lies in first samples of streams whose start is not told: it may have been counted before,
  // or not.
  void RemarkFirstSamples(absl::Time first, absl::Time last) {
    ReportValues more{};
    for (const usage::FoundCounter& found : counters_.found) {
      for (const std::string& metric : found.metrics) {
        SeriesQuery query{.selectors = {NameMatchers(metric)}};
        if (found.condition) query.selectors[0].push_back(*found.condition);
        for (const SeriesStreams& series : database_.Streams(query)) {
          AddFirstValues(found, series, first, last, &more);
        }
      }
    }
    std::string text;
    for (const ReportColumn column : AllReportColumns()) {
      const double value = ValueOf(more, column).value_or(0);
      if (value == 0) continue;
      absl::StrAppend(&text, text.empty() ? "" : ", ",
                      Absl(ReportColumnNames()[static_cast<size_t>(column)].key), " ",
                      FormatSampleValue(value));
    }
    if (text.empty()) return;
    remarks_.insert(
        "not counted, since no start tells whether it was counted before the first "
        "samples, which hold it: " +
        text);
  }

  static void AddFirstValues(const usage::FoundCounter& found, const SeriesStreams& series,
                             absl::Time first, absl::Time last, ReportValues* more) {
    for (const usage::CountedKind& kind : found.counter->kinds) {
      if (!kind.kind.empty() && kind.kind != series.labels.Get(found.kind_label)) continue;
      for (const WriterStream& stream : series.streams) {
        if (stream.start || stream.first < first || stream.first > last) continue;
        AddTo(more, kind.column, stream.first_value);
      }
    }
  }

  // Sessions that began by continuing another, whose id nothing but the counter of sessions has.
  void RemarkContinued() {
    std::set<std::string> continued;
    for (const usage::FoundCounter& found : counters_.found) {
      if (found.counter->counter.name != usage::kSessionCount.name) continue;
      for (const std::string& metric : found.metrics) {
        for (const Labels& series : database_.Series(NameMatchers(metric))) {
          if (series.Get(usage::kStartTypeLabel) != usage::kContinued) continue;
          continued.insert(RowName(series, {}));
        }
      }
    }
    for (const ReportRow& row : report_->rows) {
      ReportValues rest = row.values;
      rest[static_cast<size_t>(ReportColumn::kSessions)].reset();
      if (row.name.empty() || !internal::IsNothing(rest) || !continued.contains(row.name)) continue;
      remarks_.insert(absl::StrCat("session ", row.name,
                                   " continued another (--continue) under an id that only the "
                                   "counter of sessions has: what it used stands under the other"));
    }
  }

  static std::vector<Matcher> NameMatchers(const std::string& metric) {
    return {Matcher::Create(Matcher::Type::kEqual, std::string(kMetricName), metric).value()};
  }

  const Database& database_;
  const Engine engine_;
  const QueryOptions query_options_;
  const std::vector<std::string> row_labels_;
  const usage::UsageCounters counters_;
  ReportRowSums sums_;
  std::set<std::string> remarks_;
  Report* report_;
};

// The most expensive first; the models of one stay together.
void SortByCost(std::vector<ReportRow>* rows) {
  constexpr size_t kCost = static_cast<size_t>(ReportColumn::kCost);
  std::map<std::string, double> cost;
  for (const ReportRow& row : *rows) cost[row.name] += row.values[kCost].value_or(0);
  std::stable_sort(rows->begin(), rows->end(), [&](const ReportRow& a, const ReportRow& b) {
    return cost[a.name] != cost[b.name] ? cost[a.name] > cost[b.name] : a.name < b.name;
  });
}

absl::Status CountCounters(const Database& database, Counting* counting, Report* report) {
  const absl::Time first = database.MinTime(), last = database.MaxTime();
  const absl::StatusOr<std::vector<ReportPeriod>> periods =
      ReportPeriods(report->request, first, last);
  if (!periods.ok()) return periods.status();
  for (const ReportPeriod& period : *periods) {
    if (absl::Status status = counting->CountPeriod(period); !status.ok()) return status;
  }
  counting->Finish(report->request.since.value_or(first), report->request.until.value_or(last));
  if (periods->empty() && database.Times()) {
    report->remarks.push_back(absl::StrCat(
        "no sample lies between --since and --until: the first is of ",
        absl::FormatTime(absl::RFC3339_full, first, absl::UTCTimeZone()), ", the last of ",
        absl::FormatTime(absl::RFC3339_full, last, absl::UTCTimeZone())));
  }
  if (!counting->HasCounters()) {
    report->remarks.insert(report->remarks.begin(), std::string(kNoCounter));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Report> MakeReport(const Database& database, const EngineOptions& engine_options,
                                  const ReportRequest& request,
                                  const std::atomic<bool>* cancelled) {
  Report report;
  report.request = request;
  EngineOptions options = engine_options;
  options.exact_ranges = true;
  options.compatibility = Compatibility::kPrometheus3;
  Counting counting(database, options, cancelled, &report);
  absl::Status status;
  if (!counting.HasCounters() && database.HasApiRequests()) {
    status = internal::ReportEvents(database, &report);
  } else {
    status = CountCounters(database, &counting, &report);
  }
  if (!status.ok()) return status;
  if (!request.HasPeriods()) SortByCost(&report.rows);
  return report;
}

}  // namespace promlite
