#ifndef PROMLITE_PARSER_TEXT_PRINTABLE_RUNES_H_
#define PROMLITE_PARSER_TEXT_PRINTABLE_RUNES_H_

#include <cstdint>

namespace promlite::internal {

// Whether Unicode 15 gives the code point a visible form (letters, marks, numbers, punctuation,
// symbols and the ordinary space), as Go's unicode.IsPrint.
bool IsPrintable(uint32_t rune);

}  // namespace promlite::internal

#endif  // PROMLITE_PARSER_TEXT_PRINTABLE_RUNES_H_
