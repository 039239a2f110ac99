#ifndef PROMLITE_PARSER_TEXT_NUMBER_TEXT_H_
#define PROMLITE_PARSER_TEXT_NUMBER_TEXT_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace promlite::internal {

// Numbers and durations from and to text, as Go's strconv and Prometheus' durations have them.

// A number as the lexer accepts it: decimal, 0x1f, 0755 (octal), 1_000, 1e3, Inf, NaN. An integer
// is read as such first, then as a float.
absl::StatusOr<double> ParseNumberText(std::string_view text);

// "1h30m" in nanoseconds; "0" needs no unit.
absl::StatusOr<int64_t> ParseDurationText(std::string_view text);

// As Go's Duration.Seconds(): whole seconds and the rest are converted apart.
double SecondsFromNanoseconds(int64_t nanoseconds);

// Seconds that do not fit an int64 of nanoseconds.
bool IsDurationOutOfRange(double seconds);

// Rounded, half away from zero. What does not fit becomes the lowest value, as Go's conversion has
// it on amd64.
int64_t RoundToInt64(double value);

// The largest units first: "1d2h3m4s500ms"; a year or week only where nothing is left over it.
// Less than a millisecond is cut off.
std::string FormatDuration(int64_t nanoseconds);

// The shortest digits that read back the same, never with an exponent: "0.000001", "+Inf".
std::string FormatWithoutExponent(double value);

// The same, with an exponent below 1e-4 and from 1e6 on, as Go's %v: "1.5e+06".
std::string FormatWithExponent(double value);

}  // namespace promlite::internal

#endif  // PROMLITE_PARSER_TEXT_NUMBER_TEXT_H_
