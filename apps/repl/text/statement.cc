#include "promlite/apps/repl/text/statement.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "promlite/apps/repl/text/token_scan.h"
#include "promlite/parser/text/absl_compat.h"

namespace promlite::repl {
namespace {

constexpr std::string_view kOperatorWords[] = {"and", "or", "unless", "atan2"};
// Words behind which labels stand in parentheses.
constexpr std::string_view kGroupingWords[] = {"by", "without"};
constexpr std::string_view kMatchingWords[] = {"on", "ignoring", "group_left", "group_right"};
constexpr std::string_view kModifierWords[] = {"offset", "bool"};

template <size_t size>
bool IsAnyOf(const Token& token, const std::string_view (&words)[size]) {
  return std::any_of(std::begin(words), std::end(words),
                     [&](std::string_view word) { return IsKeyword(token, word); });
}

}  // namespace

void StatementReader::AddLine(std::string_view line) {
  if (text_.size() + line.size() > kMaxBytes) {
    too_long_ = complete_ = has_token_ = true;
    return;
  }
  if (line.ends_with('\r')) line.remove_suffix(1);
  const std::string_view stripped = Std(absl::StripAsciiWhitespace(Absl(line)));
  if (!has_token_ && stripped.starts_with('\\')) {
    text_ = std::string(stripped);
    has_token_ = complete_ = true;
    return;
  }
  if (stripped.empty() && !in_backticks_) {
    complete_ = has_token_;
    if (!has_token_) text_.clear();
    return;
  }
  bool continued = false;
  if (!in_backticks_ && stripped.ends_with('\\')) {
    continued = true;
    line = line.substr(0, line.rfind('\\'));
  }
  if (!text_.empty()) text_ += '\n';
  text_ += line;
  Scan(line);
  complete_ = has_token_ && !continued && !IsUnfinished();
  if (!has_token_) text_.clear();
}

void StatementReader::Scan(std::string_view line) {
  if (in_backticks_) {
    const size_t end = line.find('`');
    if (end == std::string_view::npos) return;
    line.remove_prefix(end + 1);
    in_backticks_ = false;
    last_ = Last::kOperand;
  }
  ForEachToken(line, [&](const Token& token) { TakeToken(token); });
}

void StatementReader::TakeToken(const Token& token) {
  const bool is_first = !has_token_;
  has_token_ = true;
  switch (token.kind) {
    case Token::Kind::kOpen:
      if (last_ == Last::kGroupingWord) in_grouping_ = depth_ == 0;
      ++depth_;
      last_ = Last::kOperator;
      break;
    case Token::Kind::kClose:
      if (depth_ > 0) --depth_;
      last_ = in_grouping_ && depth_ == 0 ? behind_grouping_ : Last::kOperand;
      if (depth_ == 0) in_grouping_ = false;
      break;
    case Token::Kind::kOperator:
      last_ = Last::kOperator;
      break;
    case Token::Kind::kWord:
      TakeWord(token, is_first);
      break;
    case Token::Kind::kNumber:
      last_ = Last::kOperand;
      break;
    case Token::Kind::kString:
      in_backticks_ = !token.closed && token.text.front() == '`';
      last_ = Last::kOperand;
      break;
  }
}

void StatementReader::TakeWord(const Token& word, bool is_first) {
  if (IsAggregator(word)) {
    last_ = Last::kAggregator;
  } else if (is_first) {
    // Where a query begins, keywords are names of metrics.
    last_ = Last::kOperand;
  } else if (IsAnyOf(word, kGroupingWords)) {
    behind_grouping_ = last_ == Last::kAggregator ? Last::kOperator : Last::kOperand;
    last_ = Last::kGroupingWord;
  } else if (IsAnyOf(word, kMatchingWords)) {
    behind_grouping_ = Last::kOperator;
    last_ = Last::kGroupingWord;
  } else if (IsAnyOf(word, kOperatorWords) || IsAnyOf(word, kModifierWords)) {
    last_ = Last::kOperator;
  } else {
    last_ = Last::kOperand;
  }
}

bool StatementReader::IsUnfinished() const {
  if (depth_ > 0 || in_backticks_) return true;
  return last_ == Last::kOperator || last_ == Last::kGroupingWord;
}

bool StatementReader::ContinuesQuery(std::string_view line) {
  const std::vector<Token> tokens = ScanTokens(line.substr(0, std::min<size_t>(line.size(), 256)));
  if (tokens.empty()) return false;
  const Token& first = tokens.front();
  // A keyword may be the name of a metric; behind a whole query it is none.
  if (IsAnyOf(first, kOperatorWords) || IsAnyOf(first, kGroupingWords) ||
      IsAnyOf(first, kModifierWords) || IsAnyOf(first, kMatchingWords)) {
    return tokens.size() > 1;
  }
  if (first.kind == Token::Kind::kClose || first.text == "[") return true;
  if (first.kind != Token::Kind::kOperator) return false;
  if (first.text == "+" || first.text == "-") return first.begin > 0;
  constexpr std::string_view kInfix[] = {"*",  "/", "%",  "^",  "==", "!=", "<",
                                         "<=", ">", ">=", "</", ">/", "@",  ","};
  return std::find(std::begin(kInfix), std::end(kInfix), first.text) != std::end(kInfix);
}

}  // namespace promlite::repl
