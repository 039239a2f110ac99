#ifndef PROMLITE_PARSER_TEXT_QUOTING_H_
#define PROMLITE_PARSER_TEXT_QUOTING_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace promlite::internal {

// Strings and characters as Prometheus' messages and printed expressions quote them (Go's rules).

// `say "hi"` becomes "say \"hi\"". Bytes that are not UTF-8 are written \xff.
std::string DoubleQuoted(std::string_view text);

// One code point in single quotes: 'x', '\n', '\u200b'. What is no code point is shown as U+FFFD.
std::string SingleQuoted(uint32_t rune);

// The code point's number, and the character itself if it can be seen: U+0063 'c'.
std::string CodePoint(uint32_t rune);

// The value of a string literal as written, quotes included, that the lexer has accepted.
std::string Unquoted(std::string_view literal);

// Whether Unicode 15 gives the code point a visible form (letters, marks, numbers, punctuation,
// symbols and the ordinary space).
bool IsPrintable(uint32_t rune);

}  // namespace promlite::internal

#endif  // PROMLITE_PARSER_TEXT_QUOTING_H_
