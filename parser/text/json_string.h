#ifndef PROMLITE_PARSER_TEXT_JSON_STRING_H_
#define PROMLITE_PARSER_TEXT_JSON_STRING_H_

#include <string>
#include <string_view>

namespace promlite::internal {

// What an encoder escapes beyond quotes, backslashes and control characters.
struct JsonEscapes {
  bool html = false;             // <, > and & as \u003c, \u003e and \u0026
  bool line_separators = false;  // U+2028 and U+2029
  bool short_forms = false;      // \b and \f instead of \u0008 and \u000c
};

// The encoder with which Prometheus' API writes the labels of series.
inline constexpr JsonEscapes kJsonOfLabels = {};
// The one with which it writes all else.
inline constexpr JsonEscapes kJsonOfMessages = {.html = true, .line_separators = true};
// Go's encoding/json after SetEscapeHTML(false), as OTLP's attributes are written.
inline constexpr JsonEscapes kJsonOfAttributes = {.line_separators = true, .short_forms = true};

// Appends a JSON string with its quotes. A byte that is not UTF-8 becomes \ufffd.
void AppendJsonString(std::string_view text, const JsonEscapes& escapes, std::string* out);

}  // namespace promlite::internal

#endif  // PROMLITE_PARSER_TEXT_JSON_STRING_H_
