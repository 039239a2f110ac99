#ifndef PROMLITE_PARSER_TEXT_SIX_DECIMALS_H_
#define PROMLITE_PARSER_TEXT_SIX_DECIMALS_H_

#include <cmath>
#include <cstdio>
#include <string>

namespace promlite::internal {

// As Go's %f writes a number, where it shows in messages of Prometheus.
inline std::string SixDecimals(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
  char text[400];  // the largest number has 309 digits before the point
  return {text, static_cast<size_t>(std::snprintf(text, sizeof(text), "%f", value))};
}

}  // namespace promlite::internal

#endif  // PROMLITE_PARSER_TEXT_SIX_DECIMALS_H_
