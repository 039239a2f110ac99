#ifndef PROMLITE_PARSER_TEXT_UTF8_H_
#define PROMLITE_PARSER_TEXT_UTF8_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace promlite::internal {

// What stands for bytes that are not UTF-8.
inline constexpr uint32_t kReplacementRune = 0xFFFD;

struct DecodedRune {
  uint32_t rune = kReplacementRune;
  int32_t bytes = 1;
  bool valid = false;
};

// The first code point of `text`, which must not be empty. A byte that begins no valid sequence is
// one invalid rune, as Go counts.
DecodedRune DecodeRune(std::string_view text);

void AppendRune(uint32_t rune, std::string* text);

// Prometheus accepts any name that is UTF-8 and not empty.
bool IsValidName(std::string_view name);

}  // namespace promlite::internal

#endif  // PROMLITE_PARSER_TEXT_UTF8_H_
