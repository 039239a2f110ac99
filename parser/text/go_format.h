#ifndef PROMLITE_PARSER_TEXT_GO_FORMAT_H_
#define PROMLITE_PARSER_TEXT_GO_FORMAT_H_

#include <string>

namespace promlite::internal {

// Numbers as Go's fmt and strconv write them, for messages that must match.

// Shortest digits that read back the same, as strconv.FormatFloat(v, format, -1, 64).
std::string GoFixed(double value);     // 'f': never an exponent
std::string GoShortest(double value);  // 'g', %g, %v: exponent below 1e-4 and from 1e6

// The decimal digits and exponent of |value| (finite, not 0): 0.d1d2d3... x 10^exponent.
struct ShortestDecimal {
  std::string digits;
  int exponent = 0;
};
ShortestDecimal ToShortestDecimal(double magnitude);

// Places the digits without an exponent / with one of at least two digits ("1e-07").
std::string PlaceFixed(const ShortestDecimal& decimal);
std::string PlaceExponent(const ShortestDecimal& decimal);

}  // namespace promlite::internal

#endif  // PROMLITE_PARSER_TEXT_GO_FORMAT_H_
