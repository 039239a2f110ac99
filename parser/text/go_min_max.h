#ifndef PROMLITE_PARSER_TEXT_GO_MIN_MAX_H_
#define PROMLITE_PARSER_TEXT_GO_MIN_MAX_H_

namespace promlite::internal {

// Go's math.Max and math.Min: an infinity on the winning side wins even over NaN, NaN over all
// else, and +0 is greater than -0.
double GoMax(double a, double b);
double GoMin(double a, double b);

}  // namespace promlite::internal

#endif  // PROMLITE_PARSER_TEXT_GO_MIN_MAX_H_
