#ifndef PROMLITE_ENGINE_USAGE_REPORT_REPORT_PERIODS_H_
#define PROMLITE_ENGINE_USAGE_REPORT_REPORT_PERIODS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "promlite/parser/text/export.h"

namespace promlite {

// What the rows of a report are.
enum class ReportRows { kDay, kWeek, kMonth, kSession, kUser };

// "day", "week", "month", "session", "user".
PROMLITE_EXPORT std::string_view ReportRowsName(ReportRows rows);

struct ReportRequest {
  ReportRows rows = ReportRows::kDay;
  bool by_model = false;
  // The first and the last millisecond that count; nothing: of the first and last sample.
  std::optional<absl::Time> since;
  std::optional<absl::Time> until;
  absl::TimeZone zone = absl::UTCTimeZone();  // whose days, weeks and months they are

  bool HasPeriods() const { return rows <= ReportRows::kMonth; }
};

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
PROMLITE_EXPORT absl::StatusOr<std::vector<ReportPeriod>> ReportPeriods(
    const ReportRequest& request, absl::Time first, absl::Time last);

// When a day begins in a time zone. Where a change of the clock leaves midnight out: with the
// change. Where midnight comes twice: with the second if the clock was set back into the day
// before, which goes on then, else with the first. A day that the zone left out begins when the
// next one does.
PROMLITE_EXPORT absl::Time Midnight(absl::CivilDay day, absl::TimeZone zone);

}  // namespace promlite

#endif  // PROMLITE_ENGINE_USAGE_REPORT_REPORT_PERIODS_H_
