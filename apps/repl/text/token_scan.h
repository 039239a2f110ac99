#ifndef PROMLITE_APPS_REPL_TEXT_TOKEN_SCAN_H_
#define PROMLITE_APPS_REPL_TEXT_TOKEN_SCAN_H_

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace promlite::repl {

// A piece of a query that may be unfinished or wrong.
struct Token {
  enum class Kind {
    kWord,      // identifiers, metric names, keywords; also with dots and Unicode's letters
    kNumber,    // numbers and durations
    kString,    // with its quotes
    kOpen,      // ( { [
    kClose,     // ) } ]
    kOperator,  // everything else
  };
  Kind kind = Kind::kOperator;
  std::string_view text;  // of the scanned text
  size_t begin = 0;       // bytes
  bool closed = true;     // kString: its closing quote is there
};

// Cuts text into tokens, leniently: what typing helps need, before the text is a query. Comments
// and blanks are left out. A quoted string ends with its line at the latest, one in backticks does
// not.
std::vector<Token> ScanTokens(std::string_view text);
// The same one by one: long queries have millions.
void ForEachToken(std::string_view text, const std::function<void(const Token&)>& visit);

// Whether the text ends within a comment.
bool EndsInComment(std::string_view text);

// The text on one line, comments taken out, as the history keeps it; line feeds inside backticks
// stay.
std::string JoinLines(std::string_view text);

// Whether the token is that keyword; keywords know no case.
bool IsKeyword(const Token& token, std::string_view lower_case);
// Of an aggregation operator: sum, topk, ...
bool IsAggregator(const Token& token);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_TEXT_TOKEN_SCAN_H_
