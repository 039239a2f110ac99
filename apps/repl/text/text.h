#ifndef PROMLITE_APPS_REPL_TEXT_TEXT_H_
#define PROMLITE_APPS_REPL_TEXT_TEXT_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

// UTF-8 text in the cells of a terminal.
namespace promlite::repl {

// The character at `*offset`, which moves behind it. Bytes that are no UTF-8 come one at a time as
// U+FFFD. REQUIRES: *offset < text.size()
char32_t NextCharacter(std::string_view text, size_t* offset);

// How many cells the text takes: one a character, two for wide ones, none for combining marks.
size_t DisplayWidth(std::string_view text);

// Control characters and broken UTF-8 written as escapes (\n, \x1b), so that what a metric is
// labelled with cannot drive the terminal.
std::string Printable(std::string_view text);

// The same, but line feeds stay, what follows them indented: messages of several lines.
std::string PrintableLines(std::string_view text, size_t indent);

// "1 stream", "2 streams".
std::string Counted(size_t count, std::string_view one, std::string_view many);

std::string Repeat(std::string_view piece, size_t times);
// A bar so many eighths of a cell long.
std::string Bar(size_t eighths);
std::string PadRight(std::string_view text, size_t width);
std::string PadLeft(std::string_view text, size_t width);

// Cuts the text into lines of at most `width` cells, at a blank where there is one. At least one
// line. REQUIRES: width >= 2
std::vector<std::string> Wrap(std::string_view text, size_t width);

// The first `width` cells, the last of them an ellipsis if the text was longer.
std::string Shorten(std::string_view text, size_t width);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_TEXT_TEXT_H_
