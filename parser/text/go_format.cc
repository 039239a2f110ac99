#include "promlite/parser/text/go_format.h"

#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace promlite::internal {
namespace {

// NaN, infinities and zeros; empty for all other values.
std::string SpecialValue(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
  if (value == 0) return std::signbit(value) ? "-0" : "0";
  return "";
}

}  // namespace

ShortestDecimal ToShortestDecimal(double magnitude) {
  // std::to_chars' fixed notation pads with digits that Go does not print, so take the scientific
  // one, whose digits are the shortest, and place the point ourselves.
  char buffer[40];
  const auto end =
      std::to_chars(buffer, buffer + sizeof buffer, magnitude, std::chars_format::scientific);
  const std::string_view text(buffer, static_cast<size_t>(end.ptr - buffer));
  const size_t e = text.find('e');
  ShortestDecimal decimal;
  for (char c : text.substr(0, e)) {
    if (c != '.') decimal.digits.push_back(c);
  }
  const char* exponent = buffer + e + 1;
  if (*exponent == '+') ++exponent;
  std::from_chars(exponent, end.ptr, decimal.exponent);
  decimal.exponent += 1;
  return decimal;
}

std::string PlaceFixed(const ShortestDecimal& decimal) {
  const std::string& digits = decimal.digits;
  const int point = decimal.exponent;
  if (point <= 0) return "0." + std::string(static_cast<size_t>(-point), '0') + digits;
  const auto whole = static_cast<size_t>(point);
  if (digits.size() <= whole) return digits + std::string(whole - digits.size(), '0');
  return digits.substr(0, whole) + "." + digits.substr(whole);
}

std::string PlaceExponent(const ShortestDecimal& decimal) {
  std::string text = decimal.digits.substr(0, 1);
  if (decimal.digits.size() > 1) text += "." + decimal.digits.substr(1);
  char exponent[16];
  const int e = decimal.exponent - 1;
  std::snprintf(exponent, sizeof exponent, "e%c%02d", e < 0 ? '-' : '+', std::abs(e));
  return text + exponent;
}

std::string GoFixed(double value) {
  if (std::string special = SpecialValue(value); !special.empty()) return special;
  return (value < 0 ? "-" : "") + PlaceFixed(ToShortestDecimal(std::fabs(value)));
}

std::string GoShortest(double value) {
  if (std::string special = SpecialValue(value); !special.empty()) return special;
  const ShortestDecimal decimal = ToShortestDecimal(std::fabs(value));
  const int e = decimal.exponent - 1;
  const bool with_exponent = e < -4 || e >= 6;
  return (value < 0 ? "-" : "") + (with_exponent ? PlaceExponent(decimal) : PlaceFixed(decimal));
}

}  // namespace promlite::internal
