#ifndef PROMLITE_PARSER_TEXT_NUMBER_PRINTING_H_
#define PROMLITE_PARSER_TEXT_NUMBER_PRINTING_H_

#include <string>

namespace promlite::internal {

// Numbers as Go and Prometheus print them: NaN, +Inf and -Inf as these words, and all others, but
// for SixDecimals() and TwoDigits(), with the fewest digits that read back as the same number.

// Never with an exponent: strconv's format 'f' with precision -1.
std::string GoFixed(double value);

// With an exponent of two digits or more below 1e-4 and from 1e6 on: fmt's %v and %g, strconv's 'g'
// with precision -1.
std::string GoShortest(double value);

// As GoShortest(), but always with a point or an exponent: the values of `le` and `quantile` in
// OpenMetrics ("5.0", "1e+06"). Both zeros are "0.0".
std::string OpenMetricsNumber(double value);

// With an exponent below 1e-6 and from 1e21 on, as in JSON. In the answers of Prometheus' API it
// has two digits or more (1e-07), in what encoding/json writes as many as it takes (1e-7).
std::string ApiNumber(double value);
void AppendApiNumber(double value, std::string* out);
std::string GoJsonNumber(double value);

// fmt's %f and %.2g.
std::string SixDecimals(double value);
std::string TwoDigits(double value);

}  // namespace promlite::internal

#endif  // PROMLITE_PARSER_TEXT_NUMBER_PRINTING_H_
