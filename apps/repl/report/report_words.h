#ifndef PROMLITE_APPS_REPL_REPORT_REPORT_WORDS_H_
#define PROMLITE_APPS_REPL_REPORT_REPORT_WORDS_H_

#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "promlite/apps/shared/time_text.h"
#include "promlite/engine/usage/report/report_periods.h"

namespace promlite::repl {

// What \report is asked for.
struct ReportWords {
  ReportRequest request;
  bool show_queries = false;
};

// A time zone by its name in the time-zone database ("Europe/Berlin"), "UTC", "local" for the
// machine's, or an offset ("+05:30").
absl::StatusOr<absl::TimeZone> ParseTimeZone(std::string_view text);

// "[day|week|month|session|user] [by model] [--since TIME] [--until TIME] [--timezone ZONE]
// [--show-queries]". Times are those of ParseTime(), but in ZONE where they name none; a date until
// which is asked for is in it to its end.
absl::StatusOr<ReportWords> ParseReportWords(std::string_view text, const TimeReference& reference);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_REPORT_REPORT_WORDS_H_
