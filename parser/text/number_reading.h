#ifndef PROMLITE_PARSER_TEXT_NUMBER_READING_H_
#define PROMLITE_PARSER_TEXT_NUMBER_READING_H_

#include <optional>
#include <string_view>

#include "absl/status/statusor.h"

namespace promlite::internal {

// Numbers as Go and Prometheus read them. Three grammars, each the one of a place where numbers
// stand; one too small for a double is 0 to all of them.

// strconv.ParseFloat, which reads the values of `le`: decimal and hexadecimal floats, underscores
// between digits, "inf", "+Infinity", "NaN" in any case. Nothing if it is none, or beyond the
// largest double.
std::optional<double> ParseGoFloat(std::string_view text);

// A sample's value or time in OpenMetrics: decimal, or [+-]inf, [+-]infinity, nan in any case.
// Nothing if it is none, or beyond the largest double.
std::optional<double> ParseDecimalFloat(std::string_view text);

// A literal of PromQL, as the lexer accepts it: decimal, 0x1f, 0755 (octal), 1_000, 1e3, Inf, NaN.
// An integer is read as such first, then as a float. Others are InvalidArgument in the words of Go:
// `strconv.ParseFloat: parsing "1e": invalid syntax`.
absl::StatusOr<double> ParseNumberLiteral(std::string_view text);

}  // namespace promlite::internal

#endif  // PROMLITE_PARSER_TEXT_NUMBER_READING_H_
