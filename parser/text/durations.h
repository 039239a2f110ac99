#ifndef PROMLITE_PARSER_TEXT_DURATIONS_H_
#define PROMLITE_PARSER_TEXT_DURATIONS_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace promlite::internal {

// Durations as Prometheus writes, reads and counts them.

// "1h30m" in nanoseconds; "0" needs no unit.
absl::StatusOr<int64_t> ParseDurationText(std::string_view text);

// The largest units first: "1d2h3m4s500ms"; a year or week only where nothing is left over it.
// Less than a millisecond is cut off.
std::string FormatDuration(int64_t nanoseconds);

// As Go's Duration.Seconds(): whole seconds and the rest are converted apart.
double SecondsFromNanoseconds(int64_t nanoseconds);

// Seconds that do not fit an int64 of nanoseconds.
bool IsDurationOutOfRange(double seconds);

// Rounded, half away from zero. What does not fit becomes the lowest value, as Go's conversion has
// it on amd64.
int64_t RoundToInt64(double value);

}  // namespace promlite::internal

#endif  // PROMLITE_PARSER_TEXT_DURATIONS_H_
