#include "promlite/parser/text/go_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <iterator>

namespace promlite::internal {

namespace {

constexpr char kHexDigits[] = "0123456789abcdef";

// Code points beyond Latin-1 that Go's %q escapes and that text in telemetry has: the invisible
// ones. First and last of each range.
constexpr std::array<std::pair<uint32_t, uint32_t>, 12> kUnprintable = {{
    {0x1680, 0x1680},
    {0x180e, 0x180e},
    {0x2000, 0x200f},
    {0x2028, 0x202f},
    {0x205f, 0x206f},
    {0x3000, 0x3000},
    {0xd800, 0xf8ff},
    {0xfeff, 0xfeff},
    {0xfff0, 0xfffb},
    {0xfffe, 0xffff},
    {0xe0000, 0xe00ff},
    {0xe01f0, 0x10ffff},
}};

bool IsPrintable(uint32_t code) {
  if (code < 0x7f) return code >= 0x20;
  if (code <= 0xa0 || code == 0xad) return false;
  return std::none_of(kUnprintable.begin(), kUnprintable.end(), [code](const auto& range) {
    return code >= range.first && code <= range.second;
  });
}

bool IsSpace(uint32_t code) {
  return (code >= 0x09 && code <= 0x0d) || code == 0x20 || code == 0x85 || code == 0xa0 ||
         code == 0x1680 || (code >= 0x2000 && code <= 0x200a) || code == 0x2028 || code == 0x2029 ||
         code == 0x202f || code == 0x205f || code == 0x3000;
}

void AppendHex(uint32_t code, int digits, std::string* out) {
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
    out->push_back(kHexDigits[(code >> shift) & 0xf]);
  }
}

// The letter of a short escape such as \n, or 0.
char ShortEscape(uint32_t code) {
  switch (code) {
    case '\a':
      return 'a';
    case '\b':
      return 'b';
    case '\f':
      return 'f';
    case '\n':
      return 'n';
    case '\r':
      return 'r';
    case '\t':
      return 't';
    case '\v':
      return 'v';
    case '"':
    case '\\':
      return static_cast<char>(code);
    default:
      return 0;
  }
}

// The digits of a finite, positive number, and where its point stands: value = 0.DIGITS * 10^point.
struct Decimal {
  std::string digits;
  int point = 0;
};

Decimal ShortestDecimal(double value) {
  // std::to_chars prints exact digits beyond 2^53 in fixed notation; only its scientific digits are
  // the shortest ones.
  std::array<char, 32> buffer;
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                          std::chars_format::scientific);
  static_cast<void>(error);  // 24 characters at most
  const char* exponent = std::find(buffer.data(), end, 'e');
  Decimal decimal;
  std::copy_if(static_cast<const char*>(buffer.data()), exponent,
               std::back_inserter(decimal.digits), [](char c) { return c != '.'; });
  int magnitude = 0;
  std::from_chars(exponent + 2, end, magnitude);  // after `e` and a sign
  decimal.point = (exponent[1] == '-' ? -magnitude : magnitude) + 1;
  return decimal;
}

std::string PlacedFixed(const Decimal& decimal) {
  const auto count = static_cast<int>(decimal.digits.size());
  if (decimal.point <= 0) {
    return "0." + std::string(static_cast<size_t>(-decimal.point), '0') + decimal.digits;
  }
  if (decimal.point >= count) {
    return decimal.digits + std::string(static_cast<size_t>(decimal.point - count), '0');
  }
  const auto point = static_cast<size_t>(decimal.point);
  return decimal.digits.substr(0, point) + "." + decimal.digits.substr(point);
}

}  // namespace

Rune RuneAt(std::string_view text, size_t position) {
  const auto byte_at = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte_at(position);
  if (lead < 0x80) return {lead, 1, true};
  if (lead < 0xc2 || lead > 0xf4) return {};
  const size_t size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (text.size() - position < size) return {};
  uint32_t code = lead & (0x7fu >> size);
  for (size_t i = 1; i < size; ++i) {
    const unsigned char byte = byte_at(position + i);
    if ((byte & 0xc0) != 0x80) return {};
    code = code << 6 | (byte & 0x3f);
  }
  const bool is_overlong = (size == 3 && code < 0x800) || (size == 4 && code < 0x10000);
  const bool is_surrogate = code >= 0xd800 && code <= 0xdfff;
  if (is_overlong || is_surrogate || code > 0x10ffff) return {};
  return {code, size, true};
}

std::string_view TrimSpace(std::string_view text) {
  while (!text.empty()) {
    const Rune rune = RuneAt(text, 0);
    if (!IsSpace(rune.code)) break;
    text.remove_prefix(rune.size);
  }
  while (!text.empty()) {
    size_t last = text.size() - 1;
    while (last > 0 && text.size() - last < 4 &&
           (static_cast<unsigned char>(text[last]) & 0xc0) == 0x80) {
      --last;
    }
    const Rune rune = RuneAt(text, last);
    if (last + rune.size != text.size() || !IsSpace(rune.code)) break;
    text.remove_suffix(rune.size);
  }
  return text;
}

std::string Quoted(std::string_view text) {
  std::string out = "\"";
  for (size_t i = 0; i < text.size();) {
    const Rune rune = RuneAt(text, i);
    const std::string_view bytes = text.substr(i, rune.size);
    i += rune.size;
    if (!rune.is_valid) {
      out += "\\x";
      AppendHex(static_cast<unsigned char>(bytes[0]), 2, &out);
    } else if (const char letter = ShortEscape(rune.code); letter != 0) {
      out.push_back('\\');
      out.push_back(letter);
    } else if (IsPrintable(rune.code)) {
      out += bytes;
    } else if (rune.code < 0x80) {
      out += "\\x";
      AppendHex(rune.code, 2, &out);
    } else if (rune.code < 0x10000) {
      out += "\\u";
      AppendHex(rune.code, 4, &out);
    } else {
      out += "\\U";
      AppendHex(rune.code, 8, &out);
    }
  }
  out.push_back('"');
  return out;
}

std::string FixedNotation(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
  const std::string sign = std::signbit(value) ? "-" : "";
  if (value == 0) return sign + "0";
  return sign + PlacedFixed(ShortestDecimal(std::fabs(value)));
}

std::string FormatJsonNumber(double value) {
  const double magnitude = std::fabs(value);
  if (value == 0 || (magnitude >= 1e-6 && magnitude < 1e21)) return FixedNotation(value);
  const Decimal decimal = ShortestDecimal(magnitude);
  std::string out = std::signbit(value) ? "-" : "";
  out.push_back(decimal.digits[0]);
  if (decimal.digits.size() > 1) out += "." + decimal.digits.substr(1);
  const int exponent = decimal.point - 1;
  out += exponent < 0 ? "e-" : "e+";
  return out + std::to_string(std::abs(exponent));
}

void AppendJsonString(std::string_view text, std::string* out) {
  out->push_back('"');
  for (size_t i = 0; i < text.size();) {
    const Rune rune = RuneAt(text, i);
    const std::string_view bytes = text.substr(i, rune.size);
    i += rune.size;
    const char letter = rune.code == '\a' || rune.code == '\v' ? 0 : ShortEscape(rune.code);
    if (!rune.is_valid) {
      *out += "\\ufffd";
    } else if (letter != 0) {
      out->push_back('\\');
      out->push_back(letter);
    } else if (rune.code < 0x20 || rune.code == 0x2028 || rune.code == 0x2029) {
      *out += "\\u";
      AppendHex(rune.code, 4, out);
    } else {
      *out += bytes;
    }
  }
  out->push_back('"');
}

void AppendBase64(std::string_view bytes, std::string* out) {
  constexpr char kAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (size_t i = 0; i < bytes.size(); i += 3) {
    const size_t count = std::min<size_t>(3, bytes.size() - i);
    uint32_t group = 0;
    for (size_t k = 0; k < 3; ++k) {
      group = group << 8 | (k < count ? static_cast<unsigned char>(bytes[i + k]) : 0u);
    }
    for (size_t k = 0; k < 4; ++k) {
      out->push_back(k <= count ? kAlphabet[(group >> (18 - 6 * k)) & 0x3f] : '=');
    }
  }
}

}  // namespace promlite::internal
