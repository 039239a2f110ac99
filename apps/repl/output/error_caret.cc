#include "promlite/apps/repl/output/error_caret.h"

#include <algorithm>

#include "promlite/apps/repl/text/text.h"

namespace promlite::repl {
namespace {

constexpr std::string_view kEllipsis = "…";

// Text cut so that at most `cells` cells of its end are left; more of it than that becomes an
// ellipsis in front.
std::string KeepEnd(std::string_view text, size_t cells) {
  if (DisplayWidth(text) <= cells) return std::string(text);
  size_t begin = 0;
  while (begin < text.size() && DisplayWidth(text.substr(begin)) + 1 > cells) {
    NextCharacter(text, &begin);
  }
  return std::string(kEllipsis) + std::string(text.substr(begin));
}

// The last `bytes` bytes, from the beginning of a character; the whole if it is shorter. What is
// far from the place is never measured, however long the query.
std::string_view Tail(std::string_view text, size_t bytes) {
  if (text.size() <= bytes) return text;
  size_t begin = text.size() - bytes;
  while (begin < text.size() && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) ++begin;
  return text.substr(begin);
}

}  // namespace

std::string ErrorCaret(std::string_view query, PositionRange range, size_t width) {
  width = std::max<size_t>(width, 20);
  const size_t start = std::clamp<int64_t>(range.start, 0, static_cast<int64_t>(query.size()));
  const size_t line_begin = start == 0 ? 0 : query.rfind('\n', start - 1) + 1;
  const size_t line_end = std::min(query.find('\n', start), query.size());
  const size_t end =
      std::clamp<int64_t>(range.end, static_cast<int64_t>(start), static_cast<int64_t>(line_end));

  std::string margin = "  ";
  if (query.find('\n') != std::string_view::npos) {
    const auto number = 1 + std::count(query.begin(), query.begin() + line_begin, '\n');
    margin += std::to_string(number) + " │ ";
  }
  const size_t room = width - std::min(width - 10, DisplayWidth(margin));
  // Eight bytes a cell are more than any character takes, escapes being longer than their source.
  const size_t far = 8 * room;
  const std::string before =
      KeepEnd(Printable(Tail(query.substr(line_begin, start - line_begin), far)), room * 2 / 3);
  const std::string place = Printable(query.substr(start, std::min(end - start, far)));
  const std::string after = Printable(query.substr(end, std::min(line_end - end, far)));

  const size_t used = DisplayWidth(before);
  const size_t carets = std::clamp<size_t>(DisplayWidth(place), 1, room - used);
  std::string out = margin + before + Shorten(place + after, room - used) + "\n";
  out += std::string(DisplayWidth(margin) + used, ' ') + std::string(carets, '^') + "\n";
  return out;
}

}  // namespace promlite::repl
