#ifndef PROMLITE_PARSER_TEXT_QUOTING_H_
#define PROMLITE_PARSER_TEXT_QUOTING_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace promlite::internal {

// Strings and characters as Prometheus' messages and printed expressions quote them, which is as
// Go's %q does.

// `say "hi"` becomes "say \"hi\"". Bytes that are not UTF-8 are written \xff, characters that have
// no visible form \u0378.
std::string DoubleQuoted(std::string_view text);
void AppendDoubleQuoted(std::string_view text, std::string* out);

// One code point in single quotes: 'x', '\n', '\u200b'. What is no code point is shown as U+FFFD.
std::string SingleQuoted(uint32_t rune);

// The code point's number, and the character itself if it can be seen: U+0063 'c'.
std::string CodePoint(uint32_t rune);

// The value of a string literal as written, quotes included, that the lexer has accepted.
std::string Unquoted(std::string_view literal);

}  // namespace promlite::internal

#endif  // PROMLITE_PARSER_TEXT_QUOTING_H_
