#ifndef PROMLITE_APPS_REPL_TEXT_STATEMENT_H_
#define PROMLITE_APPS_REPL_TEXT_STATEMENT_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "promlite/apps/repl/text/token_scan.h"

namespace promlite::repl {

// Puts lines together to statements: queries, which may take several lines, and meta commands,
// which take one. A query goes on in the next line while a bracket or a string in backticks is
// open, after an operator (or `by`, `on`, `offset`, ...) that is still missing its operand, and
// after a backslash at the end of a line. An empty line ends it in any case.
class StatementReader {
 public:
  // Longer queries are refused.
  static constexpr size_t kMaxBytes = size_t{16} << 20;

  // Takes the next line, without its line feed. REQUIRES: !complete().
  void AddLine(std::string_view line);

  // Whether a statement is complete; so is one that is too long.
  bool complete() const { return complete_; }
  // Whether nothing but blank lines and comments has come yet.
  bool empty() const { return !has_token_; }
  bool too_long() const { return too_long_; }
  const std::string& text() const { return text_; }

  // Whether `line`, which follows a complete query, belongs to it: it begins with an operator that
  // can begin no query (`/`, `and`, `by`, ...), or with + or - and is indented.
  static bool ContinuesQuery(std::string_view line);

  // Takes a complete query up again, since the next line belongs to it.
  void Resume() { complete_ = false; }
  void Clear() { *this = StatementReader(); }

 private:
  // What the last token of the query was.
  enum class Last { kNothing, kOperand, kOperator, kAggregator, kGroupingWord };

  void Scan(std::string_view line);
  void TakeToken(const Token& token);
  void TakeWord(const Token& word, bool is_first);
  bool IsUnfinished() const;

  std::string text_;
  bool complete_ = false;
  bool too_long_ = false;
  bool has_token_ = false;
  bool in_backticks_ = false;
  size_t depth_ = 0;
  Last last_ = Last::kNothing;
  // What a closed `by (...)`, `on (...)`, ... counts as: an operator where what it belongs to
  // follows, an operand where it ends one.
  Last behind_grouping_ = Last::kNothing;
  bool in_grouping_ = false;
};

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_TEXT_STATEMENT_H_
