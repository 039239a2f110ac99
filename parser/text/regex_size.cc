#include "promlite/parser/text/regex_size.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace promlite::internal {
namespace {

constexpr size_t kPlenty = size_t{1} << 40;  // counts stop here
constexpr size_t kMaxRepeats = 1000;         // nested counts multiplied

size_t Multiply(size_t a, size_t b) { return b != 0 && a > kPlenty / b ? kPlenty : a * b; }

bool IsDigit(char c) { return '0' <= c && c <= '9'; }

// One level of parentheses.
struct Level {
  size_t nodes = 0;
  size_t last_atom = 0;     // nodes of what a repetition operator would apply to
  size_t last_repeats = 1;  // how often the innermost part of that atom is repeated already
  size_t most_repeats = 1;  // of the level's atoms
  bool in_literal = false;
};

class Measurer {
 public:
  explicit Measurer(std::string_view pattern) : pattern_(pattern) { levels_.emplace_back(); }

  RegexSize Measure() {
    while (at_ < pattern_.size()) Step();
    while (levels_.size() > 1) CloseLevel();
    size_.nodes = levels_.back().nodes;
    return size_;
  }

 private:
  void Step() {
    const char c = pattern_[at_++];
    switch (c) {
      case '(':
        levels_.emplace_back();
        size_.depth = std::max(size_.depth, levels_.size() - 1);
        return;
      case ')':
        if (levels_.size() > 1) CloseLevel();
        return;
      case '[':
        SkipClass();
        AddAtom(1);
        return;
      case '\\':
        ReadEscape();
        return;
      case '*':
      case '+':
      case '?':
        Grow(1);
        return;
      case '{':
        ReadRepetition();
        return;
      case '.':
      case '^':
      case '$':
      case '|':
        AddAtom(1);
        return;
      default:
        AddLiteral();
    }
  }

  void AddAtom(size_t nodes) {
    Level& level = levels_.back();
    level.nodes = std::min(kPlenty, level.nodes + nodes);
    level.last_atom = nodes;
    level.last_repeats = 1;
    level.in_literal = false;
  }
  // Literal characters in a row are one node.
  void AddLiteral() {
    Level& level = levels_.back();
    if (!level.in_literal) ++level.nodes;
    level.last_atom = 1;
    level.last_repeats = 1;
    level.in_literal = true;
  }
  void Grow(size_t nodes) {
    Level& level = levels_.back();
    level.nodes = std::min(kPlenty, level.nodes + nodes);
    level.last_atom = std::min(kPlenty, level.last_atom + nodes);
    level.in_literal = false;
  }
  void CloseLevel() {
    const Level closed = levels_.back();
    levels_.pop_back();
    AddAtom(closed.nodes + 1);
    levels_.back().last_repeats = closed.most_repeats;
    levels_.back().most_repeats = std::max(levels_.back().most_repeats, closed.most_repeats);
  }

  void ReadEscape() {
    if (at_ == pattern_.size()) return;
    const char c = pattern_[at_++];
    if (c == 'p' || c == 'P') {
      ++size_.unicode_classes;
      AddAtom(1);
    } else if (c == 'Q') {
      const size_t end = pattern_.find("\\E", at_);
      at_ = end == std::string_view::npos ? pattern_.size() : end + 2;
      AddLiteral();
    } else {
      AddLiteral();
    }
  }

  void SkipClass() {
    if (at_ < pattern_.size() && pattern_[at_] == '^') ++at_;
    if (at_ < pattern_.size() && pattern_[at_] == ']') ++at_;
    while (at_ < pattern_.size() && pattern_[at_] != ']') {
      if (pattern_[at_] == '\\' && at_ + 1 < pattern_.size()) {
        ++at_;
        if (pattern_[at_] == 'p' || pattern_[at_] == 'P') ++size_.unicode_classes;
      } else if (pattern_.substr(at_).starts_with("[:")) {
        const size_t end = pattern_.find(":]", at_);
        if (end != std::string_view::npos) at_ = end + 1;
      }
      ++at_;
    }
    if (at_ < pattern_.size()) ++at_;
  }

  // {n}, {n,} or {n,m}, behind the brace; anything else is literal.
  void ReadRepetition() {
    size_t bounds[2] = {0, 0};
    size_t at = at_;
    size_t read = 0;
    while (read < 2) {
      size_t& number = bounds[read++];
      while (at < pattern_.size() && IsDigit(pattern_[at])) {
        number = std::min<size_t>(100'000, number * 10 + static_cast<size_t>(pattern_[at++] - '0'));
      }
      if (at >= pattern_.size() || pattern_[at] != ',') break;
      if (read < 2) ++at;
    }
    if (at >= pattern_.size() || pattern_[at] != '}' || at == at_) {
      AddLiteral();
      return;
    }
    at_ = at + 1;
    const size_t most = std::max(bounds[0], bounds[1]);
    Level& level = levels_.back();
    level.last_repeats = Multiply(level.last_repeats, std::max<size_t>(most, 1));
    level.most_repeats = std::max(level.most_repeats, level.last_repeats);
    // More is refused by RE2 before anything is written out, and in better words.
    if (level.last_repeats > kMaxRepeats) return;
    // Beyond n, x{n,m} takes two nodes more a turn: x(x(x)?)?
    const size_t optional = read == 2 ? most - bounds[0] : 0;
    Grow(Multiply(level.last_atom, most) + 2 * optional);
  }

  std::string_view pattern_;
  size_t at_ = 0;
  std::vector<Level> levels_;
  RegexSize size_;
};

}  // namespace

RegexSize MeasureRegex(std::string_view pattern) { return Measurer(pattern).Measure(); }

}  // namespace promlite::internal
