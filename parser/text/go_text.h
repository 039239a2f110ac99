#ifndef PROMLITE_PARSER_TEXT_GO_TEXT_H_
#define PROMLITE_PARSER_TEXT_GO_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace promlite::internal {

// How Go reads and writes text and numbers, where it shows in label values, metric names and
// messages of Prometheus' receiver.

// One code point of a text. A byte that begins no valid sequence counts as U+FFFD, one byte long.
struct Rune {
  uint32_t code = 0xfffd;
  size_t size = 1;        // bytes
  bool is_valid = false;  // tells a written U+FFFD from a damaged byte
};

// REQUIRES: position < text.size().
Rune RuneAt(std::string_view text, size_t position);

// The text without the white space (Unicode's) around it.
std::string_view TrimSpace(std::string_view text);

// In double quotes with escapes, as %q writes it.
std::string Quoted(std::string_view text);

// The shortest digits that read back as the same number, never with an exponent: 0.005, 1000000,
// +Inf, NaN. Go's 'f' format with precision -1.
std::string FixedNotation(double value);

// As encoding/json writes a finite number: like FixedNotation(), but 1e-7 and 1e+21 beyond 1e-6 and
// 1e21.
std::string FormatJsonNumber(double value);

// A JSON string with its quotes, as encoding/json writes it with SetEscapeHTML(false): U+2028 and
// U+2029 escaped, `<`, `>` and `&` as they are, damaged UTF-8 replaced. Appended to `out`.
void AppendJsonString(std::string_view text, std::string* out);

// Standard base64 with padding. Appended to `out`.
void AppendBase64(std::string_view bytes, std::string* out);

}  // namespace promlite::internal

#endif  // PROMLITE_PARSER_TEXT_GO_TEXT_H_
