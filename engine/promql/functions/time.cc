#include "promlite/engine/promql/functions/time.h"

#include <cstdint>
#include <limits>
#include <utility>

#include "promlite/engine/promql/functions/rows.h"

namespace promlite::promql::internal {
namespace {

constexpr uint64_t kSecondsPerDay = 86'400;
constexpr int64_t kDaysPerEra = 146'097;  // 400 years

// Go counts absolute seconds, unsigned and modulo 2^64, from March 1 of the year -292277022400.
// Times that do not fit wrap round: the smallest int64, which amd64 converts NaN and all that is
// out of range to, falls into the year 292277026596.
constexpr int64_t kAbsoluteYears = 292'277'022'400;
constexpr int64_t kMarchToDecember = 306;
constexpr int64_t kDaysFromYear1To1970 = 719'162;
constexpr int64_t kAbsoluteDaysOf1970 =
    kAbsoluteYears / 400 * kDaysPerEra + kMarchToDecember + kDaysFromYear1To1970;

int64_t ToInt64AsAmd64(double value) {
  if (value >= -9223372036854775808.0 && value < 9223372036854775808.0) {
    return static_cast<int64_t>(value);
  }
  return std::numeric_limits<int64_t>::min();
}

struct Date {
  int64_t year = 0;
  int month = 0;        // 1-12
  int day = 0;          // 1-31
  int day_of_year = 0;  // 1-366
  int weekday = 0;      // Sunday is 0
  int hour = 0;
  int minute = 0;
  bool leap = false;
};

bool IsLeap(int64_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

Date ToDate(int64_t unix_seconds) {
  const uint64_t absolute = static_cast<uint64_t>(unix_seconds) +
                            static_cast<uint64_t>(kAbsoluteDaysOf1970) * kSecondsPerDay;
  const auto day = static_cast<int64_t>(absolute / kSecondsPerDay);
  const auto second = static_cast<int>(absolute % kSecondsPerDay);
  Date date;
  date.hour = second / 3600;
  date.minute = second % 3600 / 60;
  date.weekday = static_cast<int>((day + 3) % 7);  // the absolute day 0 was a Wednesday

  // Years counted from March 1, so that the leap day is the last: eras of 400 years, in them
  // centuries of 36524 days (the last one day longer), quadrenniums of 1461 days, years of 365.
  const int64_t era = day / kDaysPerEra;
  const auto day_of_era = static_cast<int>(day % kDaysPerEra);
  const int year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int day_of_shifted_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  // Months of 31, 30, 31, 30, 31 days repeat, beginning in March: 153 days in five.
  const int shifted_month = (5 * day_of_shifted_year + 2) / 153;
  date.day = day_of_shifted_year - (153 * shifted_month + 2) / 5 + 1;
  const bool next_year = day_of_shifted_year >= kMarchToDecember;
  date.month = next_year ? shifted_month - 9 : shifted_month + 3;
  date.year = era * 400 + year_of_era - kAbsoluteYears + (next_year ? 1 : 0);
  date.leap = IsLeap(date.year);
  date.day_of_year = next_year ? day_of_shifted_year - static_cast<int>(kMarchToDecember) + 1
                               : day_of_shifted_year + 31 + 28 + (date.leap ? 1 : 0) + 1;
  return date;
}

int MonthLength(const Date& date) {
  if (date.month == 2) return date.leap ? 29 : 28;
  const bool short_month =
      date.month == 4 || date.month == 6 || date.month == 9 || date.month == 11;
  return short_month ? 30 : 31;
}

template <typename Part>
absl::StatusOr<Block> PartOfDate(const FunctionCall& call, Part part) {
  if (call.arguments.empty()) {
    Block out = ScalarBlock(call.grid.steps(), 0);
    for (size_t step = 0; step < out.steps(); ++step) {
      out.values(0)[step] = static_cast<double>(part(ToDate(call.grid.time(step) / 1000)));
    }
    return out;
  }
  return MapSamples(
      call, [&](double v, size_t) { return static_cast<double>(part(ToDate(ToInt64AsAmd64(v)))); });
}

double EvaluationTime(const FunctionCall& call, size_t step) {
  return static_cast<double>(call.grid.time(step)) / 1000;
}

}  // namespace

absl::StatusOr<Block> Time(const FunctionCall& call) {
  Block out = ScalarBlock(call.grid.steps(), 0);
  for (size_t step = 0; step < out.steps(); ++step) {
    out.values(0)[step] = EvaluationTime(call, step);
  }
  return out;
}

absl::StatusOr<Block> TimestampOfExpression(const FunctionCall& call) {
  Block times = MapCells(call, [&](double, size_t step) { return EvaluationTime(call, step); });
  const Block& in = *call.arguments[0];
  for (size_t row = 0; row < in.rows(); ++row) {
    for (const HistogramCell& cell : in.histograms(row)) {
      times.Set(row, cell.step, EvaluationTime(call, cell.step));
    }
  }
  return WithoutNames(call.context, std::move(times));
}

absl::StatusOr<Block> StartTimestampOfExpression(const FunctionCall& call) {
  return Block(call.grid.steps());
}

absl::StatusOr<Block> Minute(const FunctionCall& call) {
  return PartOfDate(call, [](const Date& date) { return date.minute; });
}

absl::StatusOr<Block> Hour(const FunctionCall& call) {
  return PartOfDate(call, [](const Date& date) { return date.hour; });
}

absl::StatusOr<Block> DayOfWeek(const FunctionCall& call) {
  return PartOfDate(call, [](const Date& date) { return date.weekday; });
}

absl::StatusOr<Block> DayOfMonth(const FunctionCall& call) {
  return PartOfDate(call, [](const Date& date) { return date.day; });
}

absl::StatusOr<Block> DayOfYear(const FunctionCall& call) {
  return PartOfDate(call, [](const Date& date) { return date.day_of_year; });
}

absl::StatusOr<Block> DaysInMonth(const FunctionCall& call) {
  return PartOfDate(call, [](const Date& date) { return MonthLength(date); });
}

absl::StatusOr<Block> Month(const FunctionCall& call) {
  return PartOfDate(call, [](const Date& date) { return date.month; });
}

absl::StatusOr<Block> Year(const FunctionCall& call) {
  return PartOfDate(call, [](const Date& date) { return date.year; });
}

}  // namespace promlite::promql::internal
