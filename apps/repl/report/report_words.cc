#include "promlite/apps/repl/report/report_words.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "promlite/apps/shared/words.h"
#include "promlite/parser/text/absl_compat.h"

namespace promlite::repl {
namespace {

constexpr ReportRows kAllRows[] = {ReportRows::kDay, ReportRows::kWeek, ReportRows::kMonth,
                                   ReportRows::kSession, ReportRows::kUser};

std::optional<ReportRows> FindRows(std::string_view word) {
  for (const ReportRows rows : kAllRows) {
    if (ReportRowsName(rows) == word) return rows;
  }
  return std::nullopt;
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// "+05:30", "-08:00".
std::optional<absl::TimeZone> ParseOffset(std::string_view text) {
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
  for (const size_t i : {1, 2, 4, 5}) {
    if (!IsDigit(text[i])) return std::nullopt;
  }
  const int hours = (text[1] - '0') * 10 + (text[2] - '0');
  const int minutes = (text[4] - '0') * 10 + (text[5] - '0');
  if (hours > 23 || minutes > 59) return std::nullopt;
  const int seconds = (hours * 60 + minutes) * 60;
  return absl::FixedTimeZone(text[0] == '-' ? -seconds : seconds);
}

// A time that names no zone, as a clock on the wall shows it.
std::optional<absl::Time> ParseWallTime(std::string_view text, absl::TimeZone zone) {
  for (const char* format :
       {"%Y-%m-%dT%H:%M:%E*S", "%Y-%m-%d %H:%M:%E*S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"}) {
    absl::Time time;
    if (absl::ParseTime(format, Absl(text), zone, &time, nullptr)) return time;
  }
  return std::nullopt;
}

struct TimeWords {
  std::optional<std::string> since;
  std::optional<std::string> until;
};

// A number that means a time decades away from all data was meant otherwise: as milliseconds, or as
// a date. Zero means the beginning.
absl::Status CheckUnixSeconds(const std::string& text, absl::Time time,
                              const TimeReference& reference) {
  constexpr absl::Duration kDecade = absl::Hours(10 * 365 * 24);
  if (reference.newest == absl::UnixEpoch() || time == absl::UnixEpoch()) return absl::OkStatus();
  if (time > reference.oldest - kDecade && time < reference.newest + kDecade) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(absl::StrCat(
      text, " is a time in Unix seconds, ", TimeText(time), ", decades away from all data (",
      TimeText(reference.oldest), " to ", TimeText(reference.newest),
      "): write seconds, not milliseconds, or a date, 2026-09-01"));
}

absl::StatusOr<absl::Time> ParseBound(const std::string& text, absl::TimeZone zone,
                                      const TimeReference& reference, int days_further) {
  if (const std::optional<absl::CivilDay> day = ParseDay(text)) {
    const absl::Time midnight = Midnight(*day + days_further, zone);
    return days_further == 0 ? midnight : midnight - absl::Milliseconds(1);
  }
  if (const std::optional<absl::Time> time = ParseWallTime(text, zone)) {
    return absl::FromUnixMillis(absl::ToUnixMillis(*time));
  }
  const absl::StatusOr<absl::Time> time = ParseTime(text, reference);
  if (!time.ok() || !IsUnixSeconds(text)) return time;
  const absl::Status status = CheckUnixSeconds(text, *time, reference);
  if (!status.ok()) return status;
  return time;
}

absl::Status ApplyOption(std::string_view name, const std::string& value, TimeWords* times,
                         ReportRequest* request) {
  if (name == "--since") {
    times->since = value;
  } else if (name == "--until") {
    times->until = value;
  } else {
    absl::StatusOr<absl::TimeZone> zone = ParseTimeZone(value);
    if (!zone.ok()) return zone.status();
    request->zone = *zone;
  }
  return absl::OkStatus();
}

absl::Status ResolveTimes(const TimeWords& words, const TimeReference& reference,
                          ReportRequest* request) {
  if (words.since) {
    const absl::StatusOr<absl::Time> time = ParseBound(*words.since, request->zone, reference, 0);
    if (!time.ok())
      return absl::InvalidArgumentError(absl::StrCat("--since: ", time.status().message()));
    request->since = *time;
  }
  if (words.until) {
    const absl::StatusOr<absl::Time> time = ParseBound(*words.until, request->zone, reference, 1);
    if (!time.ok())
      return absl::InvalidArgumentError(absl::StrCat("--until: ", time.status().message()));
    request->until = *time;
  }
  if (request->since && request->until && *request->until < *request->since) {
    return absl::InvalidArgumentError("--until is before --since");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<absl::TimeZone> ParseTimeZone(std::string_view text) {
  if (text == "local") return absl::LocalTimeZone();
  if (text == "UTC") return absl::UTCTimeZone();
  if (const std::optional<absl::TimeZone> zone = ParseOffset(text)) return *zone;
  absl::TimeZone zone;
  if (!text.empty() && text.find('\0') == std::string_view::npos &&
      absl::LoadTimeZone(Absl(text), &zone)) {
    return zone;
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "unknown time zone \"", Absl(text),
      "\": a name of the time-zone database (Europe/Berlin), UTC, local or an offset (+05:30)"));
}

absl::StatusOr<ReportWords> ParseReportWords(std::string_view text,
                                             const TimeReference& reference) {
  const absl::StatusOr<std::vector<std::string>> words = SplitWords(text);
  if (!words.ok()) return words.status();
  ReportWords report;
  ReportRequest& request = report.request;
  TimeWords times;
  bool has_rows = false;
  for (size_t i = 0; i < words->size(); ++i) {
    const std::string& word = (*words)[i];
    const bool last = i + 1 == words->size();
    if (word == "--show-queries") {
      report.show_queries = true;
    } else if (word == "--since" || word == "--until" || word == "--timezone") {
      if (last) return absl::InvalidArgumentError(absl::StrCat(word, " needs a value"));
      const absl::Status status = ApplyOption(word, (*words)[++i], &times, &request);
      if (!status.ok()) return status;
    } else if (word == "by" && !last && (*words)[i + 1] == "model") {
      request.by_model = true;
      ++i;
    } else {
      const std::optional<ReportRows> rows = FindRows(word);
      if (!rows || has_rows) {
        return absl::InvalidArgumentError(
            absl::StrCat("unexpected \"", word,
                         "\": a report is by day, week, month, session or user, and by model"));
      }
      request.rows = *rows;
      has_rows = true;
    }
  }
  if (absl::Status status = ResolveTimes(times, reference, &request); !status.ok()) return status;
  return report;
}

}  // namespace promlite::repl
