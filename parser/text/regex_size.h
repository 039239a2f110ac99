#ifndef PROMLITE_PARSER_TEXT_REGEX_SIZE_H_
#define PROMLITE_PARSER_TEXT_REGEX_SIZE_H_

#include <cstddef>
#include <string_view>

namespace promlite::internal {

// What a regular expression will cost to compile, estimated from its text in one pass: so that
// those which would take gigabytes are refused before they do.
struct RegexSize {
  size_t nodes = 0;            // of the tree, counted repetitions written out
  size_t depth = 0;            // of nested parentheses
  size_t unicode_classes = 0;  // \pX and \PX
};

// Any text, valid or not.
RegexSize MeasureRegex(std::string_view pattern);

}  // namespace promlite::internal

#endif  // PROMLITE_PARSER_TEXT_REGEX_SIZE_H_
