#include "promlite/parser/text/white_space.h"

#include <cstddef>
#include <cstdint>

#include "promlite/parser/text/utf8.h"

namespace promlite::internal {
namespace {

// Unicode's White_Space.
bool IsSpace(uint32_t rune) {
  return (rune >= 0x09 && rune <= 0x0d) || rune == 0x20 || rune == 0x85 || rune == 0xa0 ||
         rune == 0x1680 || (rune >= 0x2000 && rune <= 0x200a) || rune == 0x2028 || rune == 0x2029 ||
         rune == 0x202f || rune == 0x205f || rune == 0x3000;
}

bool IsContinuation(char c) { return (static_cast<uint8_t>(c) & 0xc0) == 0x80; }

}  // namespace

std::string_view TrimSpace(std::string_view text) {
  while (!text.empty()) {
    const DecodedRune first = DecodeRune(text);
    if (!IsSpace(first.rune)) break;
    text.remove_prefix(first.bytes);
  }
  while (!text.empty()) {
    size_t begin = text.size() - 1;
    while (begin > 0 && text.size() - begin < 4 && IsContinuation(text[begin])) --begin;
    const DecodedRune last = DecodeRune(text.substr(begin));
    if (begin + last.bytes != text.size() || !IsSpace(last.rune)) break;
    text.remove_suffix(last.bytes);
  }
  return text;
}

}  // namespace promlite::internal
