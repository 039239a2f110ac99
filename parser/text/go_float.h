#ifndef PROMLITE_PARSER_TEXT_GO_FLOAT_H_
#define PROMLITE_PARSER_TEXT_GO_FLOAT_H_

#include <optional>
#include <string_view>

namespace promlite::internal {

// The number that `text` is to Go's strconv.ParseFloat: decimal and hexadecimal floats, underscores
// between digits, "inf", "+Infinity", "NaN" in any case. Nothing if it is none, or beyond the
// largest double; one too small is 0.
std::optional<double> ParseGoFloat(std::string_view text);

// math.Max and math.Min: an infinity on the winning side wins even over NaN, NaN over all else, and
// +0 is greater than -0.
double GoMax(double a, double b);
double GoMin(double a, double b);

}  // namespace promlite::internal

#endif  // PROMLITE_PARSER_TEXT_GO_FLOAT_H_
