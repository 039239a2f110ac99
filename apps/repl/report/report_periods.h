#ifndef PROMLITE_APPS_REPL_REPORT_REPORT_PERIODS_H_
#define PROMLITE_APPS_REPL_REPORT_REPORT_PERIODS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "promlite/apps/repl/report/report_request.h"

namespace promlite::repl {

// A row's time: both milliseconds are in it.
struct ReportPeriod {
  std::string name;  // "2026-06-01"; "2026-06" for a month; a week's is its Monday; else empty
  absl::Time first;
  absl::Time last;
};

// The days, weeks or months of the request's time zone that [first, last] touches, as long as they
// are, also over a clock change; the request's bounds cut them. One period of that time itself if
// the rows are none of these. None if the bounds leave nothing. OutOfRange for more than 20,000,
// and for one of more than 292 years.
absl::StatusOr<std::vector<ReportPeriod>> ReportPeriods(const ReportRequest& request,
                                                        absl::Time first, absl::Time last);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_REPORT_REPORT_PERIODS_H_
