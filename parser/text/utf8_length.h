#ifndef PROMLITE_PARSER_TEXT_UTF8_LENGTH_H_
#define PROMLITE_PARSER_TEXT_UTF8_LENGTH_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace promlite::internal {

// The length of the valid UTF-8 sequence that `text`, which is not empty, begins with; 0 if it
// begins with none.
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

// Whether the text is UTF-8 as Go has it: shortest forms only, no surrogates, at most U+10FFFF.
inline bool IsValidUtf8(std::string_view text) {
  while (!text.empty()) {
    const size_t length = Utf8SequenceLength(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

}  // namespace promlite::internal

#endif  // PROMLITE_PARSER_TEXT_UTF8_LENGTH_H_
