#include "promlite/apps/repl/shell/candidate_list.h"

#include <algorithm>

#include "promlite/apps/repl/text/text.h"

namespace promlite::repl {
namespace {

constexpr size_t kMostWithNotes = 12;
// Lines that stay for the prompt and what is being typed.
constexpr size_t kLinesKept = 4;

std::string WithNotes(const std::vector<Candidate>& candidates, size_t name_width, size_t width) {
  std::string out;
  for (const Candidate& candidate : candidates) {
    const std::string name = PadRight(Printable(candidate.display), name_width);
    out += Shorten(name + "  " + Printable(candidate.note), width);
    while (out.ends_with(' ')) out.pop_back();
    out += '\n';
  }
  return out;
}

}  // namespace

std::string CandidateList(const std::vector<Candidate>& candidates, size_t width, size_t height) {
  size_t name_width = 0;
  bool any_note = false;
  for (const Candidate& candidate : candidates) {
    name_width = std::max(name_width, DisplayWidth(Printable(candidate.display)));
    any_note |= !candidate.note.empty();
  }
  if (any_note && candidates.size() <= kMostWithNotes) {
    return WithNotes(candidates, name_width, width);
  }
  const size_t column = std::min(name_width, width) + 2;
  const size_t columns = std::max<size_t>((width + 2) / column, 1);
  const size_t most_rows = std::max(height, kLinesKept + 1) - kLinesKept;
  const size_t shown = std::min(candidates.size(), columns * most_rows);
  const size_t rows = (shown + columns - 1) / columns;
  std::string out;
  for (size_t row = 0; row < rows; ++row) {
    std::string line;
    for (size_t i = row; i < shown; i += rows) {
      line += PadRight(Shorten(Printable(candidates[i].display), width), column);
    }
    while (line.ends_with(' ')) line.pop_back();
    out += line + "\n";
  }
  if (shown < candidates.size()) {
    out += "and " + std::to_string(candidates.size() - shown) + " more\n";
  }
  return out;
}

}  // namespace promlite::repl
