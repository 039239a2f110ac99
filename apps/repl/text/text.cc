#include "promlite/apps/repl/text/text.h"

#include <algorithm>
#include <cstdio>

#include "absl/strings/str_cat.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/parser/text/utf8.h"

namespace promlite::repl {
namespace {

bool IsCombining(char32_t c) {
  return (c >= 0x300 && c <= 0x36F) || (c >= 0x200B && c <= 0x200F) || (c >= 0xFE00 && c <= 0xFE0F);
}

bool IsWide(char32_t c) {
  return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) ||
         (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
         (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x1F300 && c <= 0x1F64F) ||
         (c >= 0x1F900 && c <= 0x1F9FF) || (c >= 0x20000 && c <= 0x3FFFD);
}

size_t CharacterWidth(char32_t c) {
  if (IsCombining(c)) return 0;
  return IsWide(c) ? 2 : 1;
}

}  // namespace

char32_t NextCharacter(std::string_view text, size_t* offset) {
  const DecodedRune next = DecodeRune(text.substr(*offset));
  *offset += next.bytes;
  return next.rune;
}

size_t DisplayWidth(std::string_view text) {
  size_t width = 0;
  for (size_t i = 0; i < text.size();) width += CharacterWidth(NextCharacter(text, &i));
  return width;
}

std::string Printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size();) {
    const size_t begin = i;
    const char32_t c = NextCharacter(text, &i);
    const bool broken = c == kReplacementRune && i == begin + 1;
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (broken || c < 0x20 || c == 0x7F) {
      char escape[8];
      std::snprintf(escape, sizeof(escape), "\\x%02x", static_cast<unsigned char>(text[begin]));
      out += escape;
    } else if ((c >= 0x80 && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
               (c >= 0x2066 && c <= 0x2069)) {
      char escape[12];
      std::snprintf(escape, sizeof(escape), "\\u%04x", static_cast<unsigned>(c));
      out += escape;
    } else {
      out += text.substr(begin, i - begin);
    }
  }
  return out;
}

std::string PrintableLines(std::string_view text, size_t indent) {
  std::string out;
  for (size_t begin = 0; begin <= text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    if (begin > 0) out += '\n' + std::string(indent, ' ');
    out += Printable(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return out;
}

std::string Counted(size_t count, std::string_view one, std::string_view many) {
  return absl::StrCat(count, " ", Absl(count == 1 ? one : many));
}

std::string Repeat(std::string_view piece, size_t times) {
  std::string out;
  out.reserve(piece.size() * times);
  for (size_t i = 0; i < times; ++i) out += piece;
  return out;
}

std::string Bar(size_t eighths) {
  constexpr std::string_view kEighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  return Repeat("█", eighths / 8) + std::string(kEighths[eighths % 8]);
}

std::string PadRight(std::string_view text, size_t width) {
  const size_t taken = DisplayWidth(text);
  return std::string(text) + std::string(taken < width ? width - taken : 0, ' ');
}

std::string PadLeft(std::string_view text, size_t width) {
  const size_t taken = DisplayWidth(text);
  return std::string(taken < width ? width - taken : 0, ' ') + std::string(text);
}

std::vector<std::string> Wrap(std::string_view text, size_t width) {
  std::vector<std::string> lines;
  size_t begin = 0, blank = std::string_view::npos, taken = 0;
  for (size_t i = 0; i < text.size();) {
    const size_t at = i;
    const char32_t c = NextCharacter(text, &i);
    const size_t cells = CharacterWidth(c);
    if (taken + cells > width && at > begin) {
      const bool at_blank = blank != std::string_view::npos && blank > begin;
      const size_t end = at_blank ? blank : at;
      lines.emplace_back(text.substr(begin, end - begin));
      begin = at_blank ? blank + 1 : at;
      taken = begin < at ? DisplayWidth(text.substr(begin, at - begin)) : 0;
      blank = std::string_view::npos;
    }
    if (c == ' ') blank = at;
    taken += cells;
  }
  lines.emplace_back(text.substr(std::min(begin, text.size())));
  return lines;
}

std::string Shorten(std::string_view text, size_t width) {
  if (DisplayWidth(text) <= width) return std::string(text);
  std::string out;
  size_t taken = 0;
  for (size_t i = 0; i < text.size();) {
    const size_t begin = i;
    const size_t cells = CharacterWidth(NextCharacter(text, &i));
    if (taken + cells + 1 > width) break;
    taken += cells;
    out += text.substr(begin, i - begin);
  }
  return width == 0 ? std::string() : out + "…";
}

}  // namespace promlite::repl
