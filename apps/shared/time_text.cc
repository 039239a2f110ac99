#include "promlite/apps/shared/time_text.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <iterator>
#include <limits>
#include <optional>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "promlite/engine/answer/json.h"
#include "promlite/parser/text/absl_compat.h"

namespace promlite::repl {
namespace {

struct Unit {
  std::string_view name;
  int64_t milliseconds;
};

constexpr int64_t kSecond = 1000;
constexpr int64_t kDay = 24 * 60 * 60 * kSecond;
// Largest first: the order in which they may stand in a duration.
constexpr Unit kUnits[] = {{"y", 365 * kDay},   {"w", 7 * kDay}, {"d", kDay}, {"h", 3600 * kSecond},
                           {"m", 60 * kSecond}, {"s", kSecond},  {"ms", 1}};
// What 64 bits of nanoseconds hold, as in Prometheus.
constexpr int64_t kMaxDurationMs = std::numeric_limits<int64_t>::max() / 1'000'000;

std::optional<double> ParseNumber(std::string_view text) {
  if (text.empty() || text.find_first_not_of("0123456789.eE+-") != std::string_view::npos) {
    return std::nullopt;
  }
  double value;
  if (!absl::SimpleAtod(Absl(text), &value) || !std::isfinite(value)) return std::nullopt;
  return value;
}

absl::Status BadDuration(std::string_view text) {
  return absl::InvalidArgumentError(
      absl::StrCat("cannot parse \"", Absl(text), "\" to a valid duration"));
}

std::optional<absl::Time> ParseRfc3339(std::string_view text) {
  if (text.empty() || !absl::ascii_isdigit(text[0])) return std::nullopt;
  absl::Time time;
  for (const char* format :
       {"%Y-%m-%dT%H:%M:%E*S%Ez", "%Y-%m-%d %H:%M:%E*S%Ez", "%Y-%m-%dT%H:%M:%E*S",
        "%Y-%m-%d %H:%M:%E*S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d"}) {
    if (absl::ParseTime(format, Absl(text), absl::UTCTimeZone(), &time, nullptr)) return time;
  }
  return std::nullopt;
}

absl::Time ToMillisecond(absl::Time time) { return absl::FromUnixMillis(absl::ToUnixMillis(time)); }

}  // namespace

absl::StatusOr<absl::Duration> ParseDuration(std::string_view text) {
  if (const std::optional<double> seconds = ParseNumber(text)) {
    if (*seconds < 0 || *seconds * 1000 > static_cast<double>(kMaxDurationMs)) {
      return BadDuration(text);
    }
    return absl::Nanoseconds(static_cast<int64_t>(*seconds * 1e9));
  }
  int64_t total = 0;
  size_t next_unit = 0;
  std::string_view rest = text;
  if (rest.empty()) return BadDuration(text);
  while (!rest.empty()) {
    const size_t digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
    int64_t count;
    if (digits == 0 || !absl::SimpleAtoi(Absl(rest.substr(0, digits)), &count)) {
      return BadDuration(text);
    }
    rest.remove_prefix(digits);
    const size_t letters = std::min(rest.find_first_of("0123456789"), rest.size());
    const Unit* unit = std::find_if(kUnits + next_unit, std::end(kUnits), [&](const Unit& u) {
      return u.name == rest.substr(0, letters);
    });
    if (unit == std::end(kUnits)) return BadDuration(text);
    next_unit = unit - kUnits + 1;
    rest.remove_prefix(letters);
    if (count > (kMaxDurationMs - total) / unit->milliseconds) {
      return absl::InvalidArgumentError(absl::StrCat("duration out of range: ", Absl(text)));
    }
    total += count * unit->milliseconds;
  }
  return absl::Milliseconds(total);
}

std::optional<absl::CivilDay> ParseDay(std::string_view text) {
  std::string dashed(text);
  if (text.size() == 8 && text.find_first_not_of("0123456789") == std::string_view::npos) {
    dashed.insert(6, "-").insert(4, "-");
  }
  absl::CivilDay day;
  if (dashed.size() != 10 || !absl::ParseCivilTime(dashed, &day)) return std::nullopt;
  if (text.size() == 8 && (day.year() < 1970 || day.year() > 2199)) return std::nullopt;
  return day;
}

bool IsUnixSeconds(std::string_view text) {
  text = Std(absl::StripAsciiWhitespace(Absl(text)));
  return !ParseDay(text) && ParseNumber(text).has_value();
}

absl::StatusOr<absl::Time> ParseTime(std::string_view text, const TimeReference& reference) {
  text = Std(absl::StripAsciiWhitespace(Absl(text)));
  if (text == "now") return ToMillisecond(reference.now);
  if (text == "newest") return reference.newest;
  if (text == "oldest") return reference.oldest;
  if (const std::optional<absl::CivilDay> day = ParseDay(text)) {
    return absl::FromCivil(*day, absl::UTCTimeZone());
  }
  if (const std::optional<double> seconds = ParseNumber(text)) {
    const double milliseconds = std::round(*seconds * 1000);
    if (std::fabs(milliseconds) > 9e15) {
      return absl::InvalidArgumentError(
          absl::StrCat("cannot parse \"", Absl(text), "\" to a valid timestamp"));
    }
    return absl::FromUnixMillis(static_cast<int64_t>(milliseconds));
  }
  if (const std::optional<absl::Time> time = ParseRfc3339(text)) return ToMillisecond(*time);
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
    const absl::StatusOr<absl::Duration> offset = ParseDuration(text.substr(1));
    if (offset.ok()) {
      return ToMillisecond(text[0] == '-' ? reference.newest - *offset
                                          : reference.newest + *offset);
    }
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "cannot parse \"", Absl(text),
      "\" to a valid timestamp: RFC 3339, Unix seconds, -1h (before the newest sample), newest, "
      "oldest or now"));
}

std::string TimeText(absl::Time time) { return TimeTextMs(absl::ToUnixMillis(time)); }

std::string UnixSecondsText(absl::Time time) {
  return FormatFixed(static_cast<double>(absl::ToUnixMillis(time)) / 1000);
}

std::string TimeTextMs(int64_t milliseconds) {
  const absl::Time time = absl::FromUnixMillis(milliseconds);
  const absl::TimeZone utc = absl::UTCTimeZone();
  return milliseconds % 1000 == 0 ? absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", time, utc)
                                  : absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", time, utc);
}

std::string DurationText(absl::Duration duration) {
  int64_t rest = absl::ToInt64Milliseconds(duration);
  if (rest == 0) return "0s";
  std::string out;
  if (rest < 0) {
    out = "-";
    rest = -rest;
  }
  for (const Unit& unit : kUnits) {
    // Years and weeks only where they are exact: 60 days stay "60d".
    const bool whole_only = unit.name == "y" || unit.name == "w";
    if (rest < unit.milliseconds || (whole_only && rest % unit.milliseconds != 0)) continue;
    absl::StrAppend(&out, rest / unit.milliseconds, Absl(unit.name));
    rest %= unit.milliseconds;
  }
  return out;
}

std::string ElapsedText(absl::Duration elapsed) {
  const double ms = absl::ToDoubleMilliseconds(elapsed);
  char text[32];
  if (ms < 1) {
    std::snprintf(text, sizeof(text), "%.0f µs", ms * 1000);
  } else if (ms < 1000) {
    std::snprintf(text, sizeof(text), "%.3g ms", ms);
  } else {
    std::snprintf(text, sizeof(text), "%.2f s", ms / 1000);
  }
  return text;
}

absl::Duration DefaultStep(absl::Time start, absl::Time end) {
  return absl::Seconds(std::max(std::floor(absl::ToDoubleSeconds(end - start) / 250), 1.0));
}

}  // namespace promlite::repl
