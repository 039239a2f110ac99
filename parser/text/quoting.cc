#include "promlite/parser/text/quoting.h"

#include <cstdio>

#include "promlite/parser/text/printable_runes.h"
#include "promlite/parser/text/utf8.h"

namespace promlite::internal {
namespace {

// The letter of a two-character escape such as \n; 0 for runes that have none.
char EscapeLetter(uint32_t rune) {
  switch (rune) {
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
    default:
      return 0;
  }
}

void AppendQuotedRune(uint32_t rune, char quote, std::string* out) {
  if (rune == static_cast<uint32_t>(quote) || rune == '\\') {
    out->push_back('\\');
    out->push_back(static_cast<char>(rune));
  } else if (IsPrintable(rune)) {
    AppendRune(rune, out);
  } else if (const char letter = EscapeLetter(rune); letter != 0) {
    out->push_back('\\');
    out->push_back(letter);
  } else {
    char escaped[16];
    const char* const format = rune < ' ' || rune == 0x7F ? "\\x%02x"
                               : rune < 0x10000           ? "\\u%04x"
                                                          : "\\U%08x";
    std::snprintf(escaped, sizeof escaped, format, rune);
    out->append(escaped);
  }
}

uint32_t HexDigit(char c) {
  if (c >= '0' && c <= '9') return static_cast<uint32_t>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<uint32_t>(c - 'a' + 10);
  return static_cast<uint32_t>(c - 'A' + 10);
}

// Reads `count` digits of `base` from the front of `text`.
uint32_t TakeDigits(std::string_view* text, size_t count, uint32_t base) {
  uint32_t value = 0;
  for (size_t i = 0; i < count; ++i) value = value * base + HexDigit((*text)[i]);
  text->remove_prefix(count);
  return value;
}

// Appends what the escape at the front of `text` (behind its backslash) stands for.
void TakeEscape(std::string_view* text, std::string* out) {
  const char kind = text->front();
  if (kind >= '0' && kind <= '7') {
    out->push_back(static_cast<char>(TakeDigits(text, 3, 8)));
    return;
  }
  text->remove_prefix(1);
  switch (kind) {
    case 'x':
      out->push_back(static_cast<char>(TakeDigits(text, 2, 16)));
      return;
    case 'u':
      AppendRune(TakeDigits(text, 4, 16), out);
      return;
    case 'U':
      AppendRune(TakeDigits(text, 8, 16), out);
      return;
    default:
      break;
  }
  constexpr std::string_view kLetters = "abfnrtv";
  const size_t letter = kLetters.find(kind);
  // Any other escape is that of a quote or a backslash and means itself.
  out->push_back(letter == std::string_view::npos ? kind : "\a\b\f\n\r\t\v"[letter]);
}

}  // namespace

void AppendDoubleQuoted(std::string_view text, std::string* out) {
  out->push_back('"');
  while (!text.empty()) {
    const DecodedRune next = DecodeRune(text);
    if (next.valid) {
      AppendQuotedRune(next.rune, '"', out);
    } else {
      char escaped[8];
      std::snprintf(escaped, sizeof escaped, "\\x%02x", static_cast<uint8_t>(text[0]));
      out->append(escaped);
    }
    text.remove_prefix(next.bytes);
  }
  out->push_back('"');
}

std::string DoubleQuoted(std::string_view text) {
  std::string out;
  AppendDoubleQuoted(text, &out);
  return out;
}

std::string SingleQuoted(uint32_t rune) {
  std::string out = "'";
  AppendQuotedRune(rune <= 0x10FFFF ? rune : kReplacementRune, '\'', &out);
  out.push_back('\'');
  return out;
}

std::string CodePoint(uint32_t rune) {
  char number[16];
  std::snprintf(number, sizeof number, "U+%04X", rune);
  std::string out = number;
  if (IsPrintable(rune)) {
    out.append(" '");
    AppendRune(rune, &out);
    out.push_back('\'');
  }
  return out;
}

std::string Unquoted(std::string_view literal) {
  const char quote = literal.front();
  std::string_view text = literal.substr(1, literal.size() - 2);
  if (quote == '`' || text.find('\\') == std::string_view::npos) return std::string(text);
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const char c = text.front();
    text.remove_prefix(1);
    if (c == '\\') {
      TakeEscape(&text, &out);
    } else {
      out.push_back(c);
    }
  }
  return out;
}

}  // namespace promlite::internal
