#include "promlite/parser/text/number_text.h"

#include <bit>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <optional>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "promlite/parser/text/quoting.h"

namespace promlite::internal {
namespace {

// The NaN of Go's math package.
constexpr uint64_t kGoNaN = 0x7FF8000000000001;
constexpr double kTwoTo63 = 9223372036854775808.0;
constexpr uint64_t kMaxNanoseconds = std::numeric_limits<int64_t>::max();

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsHexDigit(char c) { return IsDigit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f'); }

// Underscores stand between digits, or between a base's prefix and a digit.
bool UnderscoresSeparateDigits(std::string_view text) {
  const bool hex = text.size() > 1 && text[0] == '0' && (text[1] | 0x20) == 'x';
  bool after_digit = hex, after_underscore = false;
  for (const char c : hex ? text.substr(2) : text) {
    const bool digit = hex ? IsHexDigit(c) : IsDigit(c);
    if (c == '_' ? !after_digit : after_underscore && !digit) return false;
    after_digit = digit;
    after_underscore = c == '_';
  }
  return !after_underscore;
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
  return exponent + 1 < digits.size() && IsDigit(digits.back());
}

// What a duration's unit is worth, and its place in the order in which units must stand.
struct Unit {
  std::string_view name;
  int place;
  uint64_t nanoseconds;
};

constexpr uint64_t kMillisecond = 1'000'000;
constexpr uint64_t kSecond = 1000 * kMillisecond;
constexpr uint64_t kMinute = 60 * kSecond;
constexpr uint64_t kHour = 60 * kMinute;
constexpr uint64_t kDay = 24 * kHour;
constexpr Unit kUnits[] = {
    {"y", 1, 365 * kDay}, {"w", 2, 7 * kDay}, {"d", 3, kDay},          {"h", 4, kHour},
    {"m", 5, kMinute},    {"s", 6, kSecond},  {"ms", 7, kMillisecond},
};

const Unit* FindUnit(std::string_view name) {
  for (const Unit& unit : kUnits) {
    if (unit.name == name) return &unit;
  }
  return nullptr;
}

// The characters at the front of `text` that are digits, or that are not; taken from it.
std::string_view TakeRun(std::string_view* text, bool digits) {
  size_t length = 0;
  while (length < text->size() && IsDigit((*text)[length]) == digits) ++length;
  const std::string_view run = text->substr(0, length);
  text->remove_prefix(length);
  return run;
}

// The digits of |value| and where the point stands: 0.d1d2d3... x 10^exponent. std::to_chars' fixed
// notation would pad large values with digits that Go does not print.
struct Decimal {
  std::string digits;
  int exponent = 0;
};

Decimal ShortestDecimal(double value) {
  char buffer[40];
  const auto result = std::to_chars(buffer, buffer + sizeof buffer, std::fabs(value),
                                    std::chars_format::scientific);
  const std::string_view text(buffer, static_cast<size_t>(result.ptr - buffer));
  const size_t e = text.find('e');
  Decimal decimal;
  for (const char c : text.substr(0, e)) {
    if (c != '.') decimal.digits.push_back(c);
  }
  const char* exponent = text.data() + e + 1;
  if (*exponent == '+') ++exponent;
  std::from_chars(exponent, result.ptr, decimal.exponent);
  ++decimal.exponent;
  return decimal;
}

std::string PlacePoint(const Decimal& decimal) {
  if (decimal.exponent <= 0) {
    return "0." + std::string(static_cast<size_t>(-decimal.exponent), '0') + decimal.digits;
  }
  const auto whole = static_cast<size_t>(decimal.exponent);
  if (decimal.digits.size() <= whole) {
    return decimal.digits + std::string(whole - decimal.digits.size(), '0');
  }
  return decimal.digits.substr(0, whole) + "." + decimal.digits.substr(whole);
}

// Inf, NaN and the zeros; empty for others.
std::string FormatSpecial(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
  if (value == 0) return std::signbit(value) ? "-0" : "0";
  return "";
}

}  // namespace

absl::StatusOr<double> ParseNumberText(std::string_view text) {
  if ((text[0] | 0x20) == 'i') return std::numeric_limits<double>::infinity();
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

absl::StatusOr<int64_t> ParseDurationText(std::string_view text) {
  if (text == "0") return 0;
  const auto invalid = [text] {
    return absl::InvalidArgumentError("not a valid duration string: " + DoubleQuoted(text));
  };
  uint64_t total = 0;
  int last_place = 0;
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view digits = TakeRun(&rest, /*digits=*/true);
    const std::string_view name = TakeRun(&rest, /*digits=*/false);
    uint64_t count = 0;
    const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
    if (error != std::errc() || name.empty()) return invalid();
    const Unit* const unit = FindUnit(name);
    if (unit == nullptr) {
      return absl::InvalidArgumentError("unknown unit " + DoubleQuoted(name) + " in duration " +
                                        DoubleQuoted(text));
    }
    if (unit->place <= last_place) return invalid();
    last_place = unit->place;
    if (count > (kMaxNanoseconds + 1) / unit->nanoseconds) {
      return absl::InvalidArgumentError("duration out of range");
    }
    total += count * unit->nanoseconds;
    if (total > kMaxNanoseconds) return absl::InvalidArgumentError("duration out of range");
  }
  return static_cast<int64_t>(total);
}

double SecondsFromNanoseconds(int64_t nanoseconds) {
  constexpr auto kNanosecondsPerSecond = static_cast<int64_t>(kSecond);
  const int64_t whole = nanoseconds / kNanosecondsPerSecond;
  const int64_t rest = nanoseconds % kNanosecondsPerSecond;
  return static_cast<double>(whole) + static_cast<double>(rest) / 1e9;
}

bool IsDurationOutOfRange(double seconds) { return std::fabs(seconds) > kTwoTo63 / 1e9; }

int64_t RoundToInt64(double value) {
  const double rounded = std::round(value);
  if (!(rounded >= -kTwoTo63 && rounded < kTwoTo63)) return std::numeric_limits<int64_t>::min();
  return static_cast<int64_t>(rounded);
}

std::string FormatDuration(int64_t nanoseconds) {
  // At most a millionth of the lowest int64, so that it can be negated.
  int64_t rest = nanoseconds / static_cast<int64_t>(kMillisecond);
  if (rest == 0) return "0s";
  std::string text;
  if (rest < 0) {
    text = "-";
    rest = -rest;
  }
  for (const Unit& unit : kUnits) {
    const auto milliseconds = static_cast<int64_t>(unit.nanoseconds / kMillisecond);
    const bool only_whole = unit.name == "y" || unit.name == "w";
    if (rest < milliseconds || (only_whole && rest % milliseconds != 0)) continue;
    text.append(std::to_string(rest / milliseconds)).append(unit.name);
    rest %= milliseconds;
  }
  return text;
}

std::string FormatWithoutExponent(double value) {
  if (std::string special = FormatSpecial(value); !special.empty()) return special;
  return (value < 0 ? "-" : "") + PlacePoint(ShortestDecimal(value));
}

std::string FormatWithExponent(double value) {
  if (std::string special = FormatSpecial(value); !special.empty()) return special;
  const Decimal decimal = ShortestDecimal(value);
  const int exponent = decimal.exponent - 1;
  if (exponent >= -4 && exponent < 6) return FormatWithoutExponent(value);
  std::string text = value < 0 ? "-" : "";
  text.push_back(decimal.digits[0]);
  if (decimal.digits.size() > 1) text.append(".").append(decimal.digits, 1);
  char suffix[16];
  std::snprintf(suffix, sizeof suffix, "e%c%02d", exponent < 0 ? '-' : '+', std::abs(exponent));
  return text + suffix;
}

}  // namespace promlite::internal
