#include "promlite/parser/text/go_float.h"

#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <system_error>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "promlite/parser/text/absl_compat.h"

namespace promlite::internal {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// A number taken apart: digits without underscores, in the form that std::from_chars reads.
struct Scanned {
  std::string digits;  // mantissa and exponent
  bool hexadecimal = false;
  // The place of the first digit that is not 0: positive before the point. Nothing if all are 0.
  std::optional<int64_t> magnitude;
  int64_t exponent = 0;
};

// Underscores stand between digits, and after the 0x.
class UnderscoreRule {
 public:
  explicit UnderscoreRule(bool after_prefix) : after_digit_(after_prefix) {}

  void Digit() { SetLast(true, false); }
  void Other() { SetLast(false, false); }
  void Underscore() {
    if (!after_digit_) broken_ = true;
    SetLast(false, true);
  }
  bool Holds() const { return !broken_ && !after_underscore_; }

 private:
  void SetLast(bool digit, bool underscore) {
    if (after_underscore_ && !digit) broken_ = true;
    after_digit_ = digit;
    after_underscore_ = underscore;
  }
  bool after_digit_;
  bool after_underscore_ = false;
  bool broken_ = false;
};

bool IsDigit(char c, bool hexadecimal) {
  return hexadecimal ? absl::ascii_isxdigit(static_cast<unsigned char>(c))
                     : absl::ascii_isdigit(static_cast<unsigned char>(c));
}

// Scans a number without its sign.
std::optional<Scanned> Scan(std::string_view text) {
  Scanned scanned;
  scanned.hexadecimal = text.size() > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
  size_t i = scanned.hexadecimal ? 2 : 0;
  UnderscoreRule underscores(scanned.hexadecimal);
  bool any_digit = false, after_point = false;
  int64_t whole_digits = 0, zeros_after_point = 0;
  std::optional<int64_t> first_digit;  // index among the digits before the point
  for (; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '_') {
      underscores.Underscore();
    } else if (c == '.' && !after_point) {
      after_point = true;
      underscores.Other();
      scanned.digits.push_back(c);
    } else if (IsDigit(c, scanned.hexadecimal)) {
      any_digit = true;
      underscores.Digit();
      scanned.digits.push_back(c);
      if (!after_point) {
        if (c != '0' && !first_digit) first_digit = whole_digits;
        ++whole_digits;
      } else if (!first_digit && !scanned.magnitude) {
        if (c == '0') {
          ++zeros_after_point;
        } else {
          scanned.magnitude = -zeros_after_point;
        }
      }
    } else {
      break;
    }
  }
  if (!any_digit) return std::nullopt;
  if (first_digit) scanned.magnitude = whole_digits - *first_digit;

  const char marker = scanned.hexadecimal ? 'p' : 'e';
  if (i < text.size() && absl::ascii_tolower(static_cast<unsigned char>(text[i])) == marker) {
    scanned.digits.push_back(text[i++]);
    underscores.Other();
    const bool negative = i < text.size() && text[i] == '-';
    if (i < text.size() && (text[i] == '+' || text[i] == '-')) {
      scanned.digits.push_back(text[i++]);
    }
    if (i >= text.size() || !IsDigit(text[i], false)) return std::nullopt;
    constexpr int64_t kHuge = 1'000'000'000;
    for (; i < text.size() && (text[i] == '_' || IsDigit(text[i], false)); ++i) {
      if (text[i] == '_') {
        underscores.Underscore();
        continue;
      }
      underscores.Digit();
      scanned.digits.push_back(text[i]);
      if (scanned.exponent < kHuge) scanned.exponent = scanned.exponent * 10 + (text[i] - '0');
    }
    if (negative) scanned.exponent = -scanned.exponent;
  } else if (scanned.hexadecimal) {
    return std::nullopt;
  }
  if (i != text.size() || !underscores.Holds()) return std::nullopt;
  return scanned;
}

}  // namespace

std::optional<double> ParseGoFloat(std::string_view text) {
  if (absl::EqualsIgnoreCase(Absl(text), "nan")) return std::numeric_limits<double>::quiet_NaN();
  const bool has_sign = !text.empty() && (text[0] == '+' || text[0] == '-');
  const double sign = has_sign && text[0] == '-' ? -1 : 1;
  if (has_sign) text.remove_prefix(1);
  if (absl::EqualsIgnoreCase(Absl(text), "inf") || absl::EqualsIgnoreCase(Absl(text), "infinity")) {
    return sign * kInfinity;
  }
  const std::optional<Scanned> scanned = Scan(text);
  if (!scanned) return std::nullopt;
  if (!scanned->magnitude) return sign * 0.0;
  double value = 0;
  const char* const begin = scanned->digits.data();
  const auto [end, error] =
      std::from_chars(begin, begin + scanned->digits.size(), value,
                      scanned->hexadecimal ? std::chars_format::hex : std::chars_format::general);
  if (error == std::errc::result_out_of_range) {
    const int64_t digit_bits = scanned->hexadecimal ? 4 : 1;
    if (*scanned->magnitude * digit_bits + scanned->exponent > 0) return std::nullopt;
    return sign * 0.0;
  }
  if (error != std::errc()) return std::nullopt;
  return std::isinf(value) ? std::nullopt : std::optional<double>(sign * value);
}

double GoMax(double a, double b) {
  if (a == kInfinity || b == kInfinity) return kInfinity;
  if (std::isnan(a) || std::isnan(b)) return std::numeric_limits<double>::quiet_NaN();
  if (a == 0 && b == 0) return std::signbit(a) ? b : a;
  return a > b ? a : b;
}

double GoMin(double a, double b) {
  if (a == -kInfinity || b == -kInfinity) return -kInfinity;
  if (std::isnan(a) || std::isnan(b)) return std::numeric_limits<double>::quiet_NaN();
  if (a == 0 && b == 0) return std::signbit(a) ? a : b;
  return a < b ? a : b;
}

}  // namespace promlite::internal
