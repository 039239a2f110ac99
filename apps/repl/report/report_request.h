#ifndef PROMLITE_APPS_REPL_REPORT_REPORT_REQUEST_H_
#define PROMLITE_APPS_REPL_REPORT_REPORT_REQUEST_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "promlite/apps/shared/time_text.h"

namespace promlite::repl {

// What the rows of a report are.
enum class ReportRows { kDay, kWeek, kMonth, kSession, kUser };

// "day", "week", "month", "session", "user".
std::string_view ReportRowsName(ReportRows rows);

struct ReportRequest {
  ReportRows rows = ReportRows::kDay;
  bool by_model = false;
  // The first and the last millisecond that count; nothing: of the first and last sample.
  std::optional<absl::Time> since;
  std::optional<absl::Time> until;
  absl::TimeZone zone = absl::UTCTimeZone();  // whose days, weeks and months they are
  bool show_queries = false;

  bool HasPeriods() const { return rows <= ReportRows::kMonth; }
};

// A time zone by its name in the time-zone database ("Europe/Berlin"), "UTC", "local" for the
// machine's, or an offset ("+05:30").
absl::StatusOr<absl::TimeZone> ParseTimeZone(std::string_view text);

// "[day|week|month|session|user] [by model] [--since TIME] [--until TIME] [--timezone ZONE]
// [--show-queries]". Times are those of ParseTime(), but in ZONE where they name none; a date until
// which is asked for is in it to its end.
absl::StatusOr<ReportRequest> ParseReportRequest(std::string_view text,
                                                 const TimeReference& reference);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_REPORT_REPORT_REQUEST_H_
