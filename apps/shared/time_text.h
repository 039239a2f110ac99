#ifndef PROMLITE_APPS_SHARED_TIME_TEXT_H_
#define PROMLITE_APPS_SHARED_TIME_TEXT_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

// Times and durations as users write and read them.
namespace promlite::repl {

// What relative times are relative to.
struct TimeReference {
  absl::Time oldest;  // the first sample loaded
  absl::Time newest;  // the last
  absl::Time now;     // of the machine's clock
};

// A Prometheus duration, "1h30m" or "500ms" (units y w d h m s ms, each once, in this order), or
// plain seconds, "90" or "0.5". Not negative, at most 292 years.
absl::StatusOr<absl::Duration> ParseDuration(std::string_view text);

// A date, "2026-06-01", or without dashes, "20260601", which as Unix seconds would lie in 1970.
std::optional<absl::CivilDay> ParseDay(std::string_view text);

// Whether a time is written as a number: Unix seconds, and no date.
bool IsUnixSeconds(std::string_view text);

// RFC 3339 ("2026-06-01T12:00:00Z", also "2026-06-01 12:00:00" and "2026-06-01", then UTC), a date
// of ParseDay() (UTC), Unix seconds ("1780315200.5"), a signed duration relative to the newest
// sample ("-1h"), "newest", "oldest" or "now". To the millisecond.
absl::StatusOr<absl::Time> ParseTime(std::string_view text, const TimeReference& reference);

// RFC 3339 in UTC, with milliseconds where there are any.
std::string TimeText(absl::Time time);
std::string TimeTextMs(int64_t milliseconds);
// Unix seconds, as Prometheus' JSON has times: "1780315200.5".
std::string UnixSecondsText(absl::Time time);

// As Prometheus writes durations: "1h30m", "500ms", "0s".
std::string DurationText(absl::Duration duration);

// How long something took: "1.23 ms", "4.5 s".
std::string ElapsedText(absl::Duration elapsed);

// The step for a range without one, as promtool chooses it: a 250th of the range in whole seconds,
// at least one.
absl::Duration DefaultStep(absl::Time start, absl::Time end);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_SHARED_TIME_TEXT_H_
