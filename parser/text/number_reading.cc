#include "promlite/parser/text/number_reading.h"

#include <bit>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <system_error>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/charconv.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/parser/text/quoting.h"

namespace promlite::internal {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
// The NaN of Go's math package, which Prometheus stores for every NaN that it reads from text.
constexpr uint64_t kGoNaN = 0x7FF8000000000001;

bool IsInfinity(std::string_view text) {
  return absl::EqualsIgnoreCase(Absl(text), "inf") ||
         absl::EqualsIgnoreCase(Absl(text), "infinity");
}

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

bool UnderscoresSeparateDigits(std::string_view text) {
  const bool hex = text.size() > 1 && text[0] == '0' && (text[1] | 0x20) == 'x';
  UnderscoreRule rule(hex);
  for (const char c : hex ? text.substr(2) : text) {
    if (c == '_') {
      rule.Underscore();
    } else if (IsDigit(c, hex)) {
      rule.Digit();
    } else {
      rule.Other();
    }
  }
  return rule.Holds();
}

// Decimal, hexadecimal with 0x, or octal with a leading 0; nothing if it is no such integer or does
// not fit.
std::optional<int64_t> ReadInteger(std::string_view digits) {
  int base = 10;
  if (digits.size() > 1 && digits[0] == '0') {
    const bool hex = (digits[1] | 0x20) == 'x';
    base = hex ? 16 : 8;
    digits.remove_prefix(hex ? 2 : 1);
  }
  int64_t value = 0;
  const char* const end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, value, base);
  if (error != std::errc() || stop != end) return std::nullopt;
  return value;
}

absl::Status NotAFloat(std::string_view text, std::string_view why) {
  return absl::InvalidArgumentError("strconv.ParseFloat: parsing " + DoubleQuoted(text) + ": " +
                                    std::string(why));
}

// Digits and an exponent, which the lexer lets through without digits.
bool IsDecimalFloat(std::string_view digits) {
  const size_t exponent = digits.find_first_of("eE");
  if (exponent == std::string_view::npos) return true;
  return exponent + 1 < digits.size() && IsDigit(digits.back(), false);
}

}  // namespace

std::optional<double> ParseGoFloat(std::string_view text) {
  if (absl::EqualsIgnoreCase(Absl(text), "nan")) return std::numeric_limits<double>::quiet_NaN();
  const bool has_sign = !text.empty() && (text[0] == '+' || text[0] == '-');
  const double sign = has_sign && text[0] == '-' ? -1 : 1;
  if (has_sign) text.remove_prefix(1);
  if (IsInfinity(text)) return sign * kInfinity;
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

std::optional<double> ParseDecimalFloat(std::string_view text) {
  bool negative = false;
  bool is_signed = false;
  std::string_view digits = text;
  if (!digits.empty() && (digits[0] == '+' || digits[0] == '-')) {
    is_signed = true;
    negative = digits[0] == '-';
    digits.remove_prefix(1);
  }
  if (digits.empty()) return std::nullopt;
  double value = 0;
  if ((digits[0] >= '0' && digits[0] <= '9') || digits[0] == '.') {
    const char* end = digits.data() + digits.size();
    const std::from_chars_result result = std::from_chars(digits.data(), end, value);
    if (result.ptr != end) return std::nullopt;
    if (result.ec == std::errc::result_out_of_range) {
      absl::from_chars(digits.data(), end, value);
      if (value > 1) return std::nullopt;
    } else if (result.ec != std::errc()) {
      return std::nullopt;
    }
  } else if (IsInfinity(digits)) {
    value = kInfinity;
  } else if (!is_signed && absl::EqualsIgnoreCase(Absl(digits), "nan")) {
    return std::bit_cast<double>(kGoNaN);
  } else {
    return std::nullopt;
  }
  return negative ? -value : value;
}

absl::StatusOr<double> ParseNumberLiteral(std::string_view text) {
  if ((text[0] | 0x20) == 'i') return kInfinity;
  if ((text[0] | 0x20) == 'n') return std::bit_cast<double>(kGoNaN);
  std::string digits;
  for (const char c : text) {
    if (c != '_') digits.push_back(c);
  }
  if (!UnderscoresSeparateDigits(text)) return NotAFloat(text, "invalid syntax");
  if (const auto integer = ReadInteger(digits); integer.has_value()) {
    return static_cast<double>(*integer);
  }
  const bool hex = digits.size() > 1 && (digits[1] | 0x20) == 'x';
  double value = 0;
  if (hex || !IsDecimalFloat(digits) || !absl::SimpleAtod(digits, &value)) {
    return NotAFloat(text, "invalid syntax");
  }
  if (std::isinf(value)) return NotAFloat(text, "value out of range");
  return value;
}

}  // namespace promlite::internal
