#include "promlite/engine/usage/report/event_report.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "promlite/engine/usage/report/report_row_sums.h"
#include "promlite/engine/usage/vocabulary.h"
#include "promlite/parser/text/absl_compat.h"

namespace promlite::internal {
namespace {

// What the events say, where no counter is there.
class EventCounting {
 public:
  EventCounting(const Database& database, Report* report)
      : requests_(database.ApiRequests()), sums_(report), report_(report) {
    for (const ReportColumn column : kColumns) sums_.Tell(0, column);
    report->columns = AllReportColumns();
  }

  // The first and the last; there is one at least.
  std::pair<absl::Time, absl::Time> Times() const {
    const auto [first, last] = std::minmax_element(
        requests_.begin(), requests_.end(),
        [](const ApiRequest& a, const ApiRequest& b) { return a.time_ns < b.time_ns; });
    return {TimeOf(*first), TimeOf(*last)};
  }

  void CountPeriod(const ReportPeriod& period) {
    ReportRowMap rows;
    for (const ApiRequest& request : requests_) {
      if (TimeOf(request) < period.first || TimeOf(request) > period.last) continue;
      std::string model;
      if (report_->request.by_model) {
        model = usage::ModelWithoutContext(request.labels->Get(usage::kModelLabel));
      }
      ReportValues& values = rows[{RowName(*request.labels, period), 0, model}];
      AddTo(&values, ReportColumn::kRequests, 1);
      AddTo(&values, ReportColumn::kCost, request.cost_usd);
      AddTo(&values, ReportColumn::kInput, request.Tokens(TokenKind::kInput));
      AddTo(&values, ReportColumn::kOutput, request.Tokens(TokenKind::kOutput));
      AddTo(&values, ReportColumn::kCacheRead, request.Tokens(TokenKind::kCacheRead));
      AddTo(&values, ReportColumn::kCacheCreation, request.Tokens(TokenKind::kCacheCreation));
    }
    sums_.Add(std::move(rows));
  }

  void Finish() {
    sums_.Finish();
    report_->remarks.push_back(absl::StrCat(
        "the data has no counter of Claude Code, such as claude_code_cost_usage_USD_total: its "
        "metrics are missing. Requests, cost and tokens are those of its events ",
        Absl(kApiRequestEvent), " (", requests_.size(), "); what else was done is unknown"));
  }

 private:
  static constexpr std::array<ReportColumn, 6> kColumns = {
      ReportColumn::kCost,      ReportColumn::kInput,         ReportColumn::kOutput,
      ReportColumn::kCacheRead, ReportColumn::kCacheCreation, ReportColumn::kRequests};

  // To the millisecond, as samples are.
  static absl::Time TimeOf(const ApiRequest& request) {
    return absl::FromUnixMillis(absl::ToUnixMillis(absl::FromUnixNanos(request.time_ns)));
  }

  std::string RowName(const Labels& labels, const ReportPeriod& period) const {
    const auto first_of = [&](std::span<const std::string_view> names) {
      for (const std::string_view name : names) {
        if (const std::string_view value = labels.Get(name); !value.empty()) {
          return std::string(value);
        }
      }
      return std::string();
    };
    if (report_->request.rows == ReportRows::kSession) return first_of(usage::kSessionLabels);
    if (report_->request.rows == ReportRows::kUser) return first_of(usage::kUserLabels);
    return period.name;
  }

  const std::vector<ApiRequest> requests_;
  ReportRowSums sums_;
  Report* report_;
};

}  // namespace

absl::Status ReportEvents(const Database& database, Report* report) {
  EventCounting counting(database, report);
  const auto [first, last] = counting.Times();
  const absl::StatusOr<std::vector<ReportPeriod>> periods =
      ReportPeriods(report->request, first, last);
  if (!periods.ok()) return periods.status();
  for (const ReportPeriod& period : *periods) counting.CountPeriod(period);
  counting.Finish();
  return absl::OkStatus();
}

}  // namespace promlite::internal
