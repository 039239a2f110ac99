#include "promlite/engine/usage/report/report_periods.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "absl/status/status.h"

namespace promlite {
namespace {

constexpr std::array<std::string_view, 5> kRowsNames = {"day", "week", "month", "session", "user"};

constexpr size_t kMostPeriods = 20'000;
// PromQL's durations are nanoseconds in 64 bits: 292 years.
constexpr absl::Duration kLongestPeriod = absl::Hours(292 * 365 * 24);
constexpr absl::Duration kMillisecond = absl::Milliseconds(1);

absl::CivilDay FirstDay(ReportRows rows, absl::CivilDay day) {
  if (rows == ReportRows::kMonth) return absl::CivilDay(absl::CivilMonth(day));
  if (rows == ReportRows::kWeek && absl::GetWeekday(day) != absl::Weekday::monday) {
    return absl::PrevWeekday(day, absl::Weekday::monday);
  }
  return day;
}

absl::CivilDay NextFirstDay(ReportRows rows, absl::CivilDay day) {
  if (rows == ReportRows::kMonth) return absl::CivilDay(absl::CivilMonth(day) + 1);
  return day + (rows == ReportRows::kWeek ? 7 : 1);
}

std::string PeriodName(ReportRows rows, absl::CivilDay day) {
  return rows == ReportRows::kMonth ? absl::FormatCivilTime(absl::CivilMonth(day))
                                    : absl::FormatCivilTime(day);
}

}  // namespace

std::string_view ReportRowsName(ReportRows rows) { return kRowsNames[static_cast<size_t>(rows)]; }

absl::Time Midnight(absl::CivilDay day, absl::TimeZone zone) {
  const absl::TimeZone::TimeInfo info = zone.At(absl::CivilSecond(day));
  switch (info.kind) {
    case absl::TimeZone::TimeInfo::SKIPPED:
      return info.trans;
    case absl::TimeZone::TimeInfo::REPEATED:
      return absl::ToCivilDay(info.trans, zone) < day ? info.post : info.pre;
    case absl::TimeZone::TimeInfo::UNIQUE:
      break;
  }
  return info.pre;
}

absl::StatusOr<std::vector<ReportPeriod>> ReportPeriods(const ReportRequest& request,
                                                        absl::Time first, absl::Time last) {
  const absl::Time since = request.since.value_or(absl::InfinitePast());
  const absl::Time until = request.until.value_or(absl::InfiniteFuture());
  std::vector<ReportPeriod> periods;
  first = std::max(first, since);
  last = std::min(last, until);
  if (last < first) return periods;
  if (!request.HasPeriods()) {
    if (last - first >= kLongestPeriod) {
      return absl::OutOfRangeError(
          "the samples lie more than 292 years apart: ask for fewer by --since");
    }
    periods.push_back({"", first, last});
    return periods;
  }
  absl::CivilDay day = FirstDay(request.rows, absl::ToCivilDay(first, request.zone));
  absl::Time start = Midnight(day, request.zone);
  if (start > first) {
    // The few minutes before a clock was set back into the day before, which count to that day.
    day = FirstDay(request.rows, day - 1);
    start = Midnight(day, request.zone);
  }
  while (start <= last) {
    const absl::CivilDay next_day = NextFirstDay(request.rows, day);
    const absl::Time next = Midnight(next_day, request.zone);
    // A day that the zone skipped, on its way over the date line, has no time.
    if (next > start) {
      if (periods.size() == kMostPeriods) {
        return absl::OutOfRangeError("too many days, weeks or months: ask for fewer by --since");
      }
      periods.push_back({PeriodName(request.rows, day), std::max(start, since),
                         std::min(next - kMillisecond, until)});
    }
    day = next_day;
    start = next;
  }
  return periods;
}

}  // namespace promlite
