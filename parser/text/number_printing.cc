#include "promlite/parser/text/number_printing.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <string_view>

namespace promlite::internal {
namespace {

// When a number is written with an exponent (that of d.ddd x 10^exponent), and how.
struct Notation {
  int least_fixed = std::numeric_limits<int>::min();  // the least exponent that is not written
  int most_fixed = std::numeric_limits<int>::max();   // the greatest
  size_t exponent_digits = 2;                         // at least
};

constexpr Notation kFixed = {};
constexpr Notation kShortest = {.least_fixed = -4, .most_fixed = 5};
constexpr Notation kApi = {.least_fixed = -6, .most_fixed = 20};
constexpr Notation kJson = {.least_fixed = -6, .most_fixed = 20, .exponent_digits = 1};

// The digits of a number that is finite and not 0, the first of them before the point.
struct Decimal {
  char digits[24];
  size_t count = 0;
  int exponent = 0;

  std::string_view text() const { return {digits, count}; }
};

// std::to_chars' fixed notation pads large numbers with digits that Go does not print; only the
// digits of its scientific one are the shortest.
Decimal ShortestDecimal(double magnitude) {
  char buffer[32];  // 24 characters at most
  const char* const end =
      std::to_chars(buffer, buffer + sizeof buffer, magnitude, std::chars_format::scientific).ptr;
  const char* const e = std::find(static_cast<const char*>(buffer), end, 'e');
  Decimal decimal;
  for (const char* at = buffer; at != e; ++at) {
    if (*at != '.') decimal.digits[decimal.count++] = *at;
  }
  std::from_chars(e + 2, end, decimal.exponent);  // behind `e` and a sign
  if (e[1] == '-') decimal.exponent = -decimal.exponent;
  return decimal;
}

void AppendFixed(const Decimal& decimal, std::string* out) {
  if (decimal.exponent < 0) {
    out->append("0.");
    out->append(static_cast<size_t>(-decimal.exponent - 1), '0');
    out->append(decimal.text());
    return;
  }
  const size_t whole = static_cast<size_t>(decimal.exponent) + 1;
  if (decimal.count <= whole) {
    out->append(decimal.text());
    out->append(whole - decimal.count, '0');
    return;
  }
  out->append(decimal.text().substr(0, whole));
  out->push_back('.');
  out->append(decimal.text().substr(whole));
}

void AppendScientific(const Decimal& decimal, size_t exponent_digits, std::string* out) {
  out->push_back(decimal.digits[0]);
  if (decimal.count > 1) {
    out->push_back('.');
    out->append(decimal.text().substr(1));
  }
  out->append(decimal.exponent < 0 ? "e-" : "e+");
  char digits[8];
  const auto end = std::to_chars(digits, digits + sizeof digits, std::abs(decimal.exponent));
  const auto count = static_cast<size_t>(end.ptr - digits);
  if (count < exponent_digits) out->append(exponent_digits - count, '0');
  out->append(digits, count);
}

void AppendNumber(double value, const Notation& notation, std::string* out) {
  if (std::isnan(value)) {
    out->append("NaN");
    return;
  }
  if (std::isinf(value)) {
    out->append(value > 0 ? "+Inf" : "-Inf");
    return;
  }
  if (std::signbit(value)) out->push_back('-');
  if (value == 0) {
    out->push_back('0');
    return;
  }
  const Decimal decimal = ShortestDecimal(std::fabs(value));
  if (decimal.exponent < notation.least_fixed || decimal.exponent > notation.most_fixed) {
    AppendScientific(decimal, notation.exponent_digits, out);
  } else {
    AppendFixed(decimal, out);
  }
}

std::string NumberText(double value, const Notation& notation) {
  std::string text;
  AppendNumber(value, notation, &text);
  return text;
}

}  // namespace

std::string GoFixed(double value) { return NumberText(value, kFixed); }

std::string GoShortest(double value) { return NumberText(value, kShortest); }

std::string OpenMetricsNumber(double value) {
  if (value == 0) return "0.0";
  std::string text = GoShortest(value);
  if (std::isfinite(value) && text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

void AppendApiNumber(double value, std::string* out) { AppendNumber(value, kApi, out); }

std::string ApiNumber(double value) { return NumberText(value, kApi); }

std::string GoJsonNumber(double value) { return NumberText(value, kJson); }

std::string SixDecimals(double value) {
  if (!std::isfinite(value)) return GoFixed(value);
  char text[400];  // the largest number has 309 digits before the point
  return {text, static_cast<size_t>(std::snprintf(text, sizeof text, "%f", value))};
}

std::string TwoDigits(double value) {
  if (!std::isfinite(value)) return GoShortest(value);
  char text[16];
  return {text, static_cast<size_t>(std::snprintf(text, sizeof text, "%.2g", value))};
}

}  // namespace promlite::internal
