#include "promlite/parser/text/openmetrics_float.h"

#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>

#include "absl/strings/charconv.h"
#include "absl/strings/match.h"
#include "promlite/parser/text/absl_compat.h"

namespace promlite::internal {
namespace {

// The NaN that Prometheus stores for every NaN that it reads from text.
constexpr uint64_t kNormalNan = 0x7ff8000000000001;

}  // namespace

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
  } else if (absl::EqualsIgnoreCase(Absl(digits), "inf") ||
             absl::EqualsIgnoreCase(Absl(digits), "infinity")) {
    value = std::numeric_limits<double>::infinity();
  } else if (!is_signed && absl::EqualsIgnoreCase(Absl(digits), "nan")) {
    return std::bit_cast<double>(kNormalNan);
  } else {
    return std::nullopt;
  }
  return negative ? -value : value;
}

std::string FormatOpenMetricsFloat(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
  if (value == 0) return "0.0";
  char buffer[64];
  const std::to_chars_result result =
      std::to_chars(buffer, buffer + sizeof(buffer), value, std::chars_format::scientific);
  // d[.ddd]e[+-]xx. Exponents from -4 to 5 are written as places before or behind the point.
  const std::string_view text(buffer, static_cast<size_t>(result.ptr - buffer));
  const size_t e = text.find('e');
  int exponent = 0;
  std::from_chars(buffer + e + 2, result.ptr, exponent);
  if (text[e + 1] == '-') exponent = -exponent;
  if (exponent < -4 || exponent >= 6) return std::string(text);
  const std::to_chars_result fixed =
      std::to_chars(buffer, buffer + sizeof(buffer), value, std::chars_format::fixed);
  std::string out(buffer, fixed.ptr);
  if (out.find('.') == out.npos) out += ".0";
  return out;
}

}  // namespace promlite::internal
