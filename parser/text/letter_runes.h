#ifndef PROMLITE_PARSER_TEXT_LETTER_RUNES_H_
#define PROMLITE_PARSER_TEXT_LETTER_RUNES_H_

#include <cstdint>

namespace promlite::internal {

// Whether Unicode 15 calls the code point a letter, as Go's unicode.IsLetter.
bool IsLetterRune(uint32_t rune);

}  // namespace promlite::internal

#endif  // PROMLITE_PARSER_TEXT_LETTER_RUNES_H_
