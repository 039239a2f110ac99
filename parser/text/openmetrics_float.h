#ifndef PROMLITE_PARSER_TEXT_OPENMETRICS_FLOAT_H_
#define PROMLITE_PARSER_TEXT_OPENMETRICS_FLOAT_H_

#include <optional>
#include <string>
#include <string_view>

namespace promlite::internal {

// A sample's value or time as Prometheus reads it: decimal, or [+-]inf, [+-]infinity, nan in any
// case. Nothing if it is none, or too large for a double; too small is zero.
std::optional<double> ParseDecimalFloat(std::string_view text);

// A number as OpenMetrics writes the values of `le` and `quantile`: shortest digits, with a point
// or an exponent ("5.0", "1e+06", "+Inf").
std::string FormatOpenMetricsFloat(double value);

}  // namespace promlite::internal

#endif  // PROMLITE_PARSER_TEXT_OPENMETRICS_FLOAT_H_
