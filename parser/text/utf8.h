#ifndef PROMLITE_PARSER_TEXT_UTF8_H_
#define PROMLITE_PARSER_TEXT_UTF8_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "promlite/parser/text/export.h"

namespace promlite {

// UTF-8 as Go has it: shortest forms only, no surrogates, at most U+10FFFF. A byte that begins no
// such sequence is one character, U+FFFD.
inline constexpr uint32_t kReplacementRune = 0xFFFD;

// The length in bytes of the valid sequence that `text` begins with; 0 if it begins with none.
// REQUIRES: `text` is not empty.
inline size_t Utf8SequenceLength(std::string_view text) {
  const auto byte = [&](size_t i) { return static_cast<uint8_t>(text[i]); };
  const uint8_t lead = byte(0);
  if (lead < 0x80) return 1;
  const size_t length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
  if (length == 0 || text.size() < length) return 0;
  // What the second byte must be, so that no code point is written too long, is a surrogate or lies
  // above U+10FFFF.
  const uint8_t least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const uint8_t most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  if (byte(1) < least || byte(1) > most) return 0;
  for (size_t i = 2; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
  }
  return length;
}

// Whether the whole text is UTF-8.
inline bool IsValidUtf8(std::string_view text) {
  while (!text.empty()) {
    const size_t length = Utf8SequenceLength(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

// Prometheus accepts any name of a metric or a label that is UTF-8 and not empty.
inline bool IsValidName(std::string_view name) { return !name.empty() && IsValidUtf8(name); }

// One code point of a text.
struct DecodedRune {
  uint32_t rune = kReplacementRune;
  size_t bytes = 1;
  bool valid = false;  // tells a U+FFFD that was written from a byte that is not UTF-8
};

// The first code point of `text`. REQUIRES: `text` is not empty.
PROMLITE_EXPORT DecodedRune DecodeRune(std::string_view text);

PROMLITE_EXPORT void AppendRune(uint32_t rune, std::string* text);

// `text` with U+FFFD in place of each byte that is not UTF-8. `origins`, unless null, is filled
// with the place in `text` of the character that each byte of the result belongs to, and of the
// end.
PROMLITE_EXPORT std::string ReplaceInvalidUtf8(std::string_view text,
                                               std::vector<size_t>* origins = nullptr);

}  // namespace promlite

#endif  // PROMLITE_PARSER_TEXT_UTF8_H_
