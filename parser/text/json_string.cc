#include "promlite/parser/text/json_string.h"

#include <cstddef>
#include <cstdint>
#include <cstdio>

#include "promlite/parser/text/utf8.h"

namespace promlite::internal {
namespace {

bool IsHtml(char c) { return c == '<' || c == '>' || c == '&'; }

// The letter behind the backslash; 0 for a character that has none.
char ShortEscape(char c, const JsonEscapes& escapes) {
  switch (c) {
    case '"':
    case '\\':
      return c;
    case '\n':
      return 'n';
    case '\r':
      return 'r';
    case '\t':
      return 't';
    case '\b':
      return escapes.short_forms ? 'b' : 0;
    case '\f':
      return escapes.short_forms ? 'f' : 0;
    default:
      return 0;
  }
}

void AppendAscii(char c, const JsonEscapes& escapes, std::string* out) {
  if (const char letter = ShortEscape(c, escapes); letter != 0) {
    out->push_back('\\');
    out->push_back(letter);
  } else if (c >= 0 && (c < ' ' || (escapes.html && IsHtml(c)))) {
    char escaped[8];
    std::snprintf(escaped, sizeof escaped, "\\u%04x", static_cast<unsigned>(c));
    out->append(escaped);
  } else {
    out->push_back(c);
  }
}

void AppendSequence(std::string_view sequence, const JsonEscapes& escapes, std::string* out) {
  if (escapes.line_separators && sequence == "\u2028") {
    out->append("\\u2028");
  } else if (escapes.line_separators && sequence == "\u2029") {
    out->append("\\u2029");
  } else {
    out->append(sequence);
  }
}

}  // namespace

void AppendJsonString(std::string_view text, const JsonEscapes& escapes, std::string* out) {
  out->push_back('"');
  while (!text.empty()) {
    const size_t length = Utf8SequenceLength(text);
    if (length == 0) {
      out->append("\\ufffd");
    } else if (length == 1) {
      AppendAscii(text[0], escapes, out);
    } else {
      AppendSequence(text.substr(0, length), escapes, out);
    }
    text.remove_prefix(length == 0 ? 1 : length);
  }
  out->push_back('"');
}

}  // namespace promlite::internal
