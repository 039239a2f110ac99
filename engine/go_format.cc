#include "promlite/engine/go_format.h"

#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdio>

#include "absl/strings/str_cat.h"

namespace promlite::internal {
namespace {

// NaN, infinities and zeros; empty for all other values.
std::string SpecialValue(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
  if (value == 0) return std::signbit(value) ? "-0" : "0";
  return "";
}

// Decodes one UTF-8 sequence at text[i]; its length, or 0 if it is not valid.
size_t DecodeRune(std::string_view text, size_t i, uint32_t* rune) {
  const auto byte = [&](size_t k) { return static_cast<uint8_t>(text[k]); };
  const uint8_t lead = byte(i);
  const size_t length = lead < 0x80                   ? 1
                        : lead >= 0xC2 && lead < 0xE0 ? 2
                        : lead >= 0xE0 && lead < 0xF0 ? 3
                        : lead >= 0xF0 && lead < 0xF5 ? 4
                                                      : 0;
  if (length == 0 || i + length > text.size()) return 0;
  *rune = length == 1 ? lead : lead & (0xFF >> (length + 1));
  for (size_t k = 1; k < length; ++k) {
    if ((byte(i + k) & 0xC0) != 0x80) return 0;
    *rune = *rune << 6 | (byte(i + k) & 0x3F);
  }
  const bool overlong = (length == 3 && *rune < 0x800) || (length == 4 && *rune < 0x10000);
  if (overlong || *rune > 0x10FFFF || (*rune >= 0xD800 && *rune < 0xE000)) return 0;
  return length;
}

// Go prints a rune as it is if unicode.IsPrint says so. This names the common exceptions: controls,
// odd spaces, format characters, surrogates, private use and non-characters.
bool IsPrintable(uint32_t rune) {
  if (rune < 0x20 || (rune >= 0x7F && rune < 0xA1) || rune == 0xAD) return false;
  if (rune == 0x1680 || (rune >= 0x2000 && rune <= 0x200F) || (rune >= 0x2028 && rune <= 0x202F) ||
      (rune >= 0x205F && rune <= 0x206F) || rune == 0x3000 || rune == 0xFEFF) {
    return false;
  }
  if ((rune >= 0xE000 && rune < 0xF900) || (rune >= 0xFFF0 && rune <= 0xFFFB)) return false;
  return (rune & 0xFFFE) != 0xFFFE && rune < 0xE0000;
}

void AppendEscapedRune(uint32_t rune, std::string* out) {
  char escaped[16];
  std::snprintf(escaped, sizeof escaped, rune < 0x10000 ? "\\u%04x" : "\\U%08x", rune);
  out->append(escaped);
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

std::string GoQuote(std::string_view text) {
  std::string out = "\"";
  for (size_t i = 0; i < text.size();) {
    uint32_t rune = 0;
    const size_t length = DecodeRune(text, i, &rune);
    if (length == 0) {
      char escaped[8];
      std::snprintf(escaped, sizeof escaped, "\\x%02x", static_cast<uint8_t>(text[i]));
      out.append(escaped);
      ++i;
      continue;
    }
    switch (rune) {
      case '"':
        out.append("\\\"");
        break;
      case '\\':
        out.append("\\\\");
        break;
      case '\a':
        out.append("\\a");
        break;
      case '\b':
        out.append("\\b");
        break;
      case '\f':
        out.append("\\f");
        break;
      case '\n':
        out.append("\\n");
        break;
      case '\r':
        out.append("\\r");
        break;
      case '\t':
        out.append("\\t");
        break;
      case '\v':
        out.append("\\v");
        break;
      default:
        if (IsPrintable(rune)) {
          out.append(text.substr(i, length));
        } else if (rune < 0x20 || rune == 0x7F) {
          absl::StrAppend(&out, "\\x", absl::Hex(static_cast<uint32_t>(rune), absl::kZeroPad2));
        } else {
          AppendEscapedRune(rune, &out);
        }
    }
    i += length;
  }
  out.push_back('"');
  return out;
}

}  // namespace promlite::internal
