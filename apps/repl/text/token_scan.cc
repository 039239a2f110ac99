#include "promlite/apps/repl/text/token_scan.h"

#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "promlite/parser/promql/ast.h"
#include "promlite/parser/text/absl_compat.h"

namespace promlite::repl {
namespace {

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// Every byte beyond ASCII counts as a part of a letter: names that need quotes are typed without,
// too, to be completed.
bool IsWordStart(char c) {
  return absl::ascii_isalpha(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

bool IsWordPart(char c) { return IsWordStart(c) || absl::ascii_isdigit(c) || c == '.'; }

constexpr std::string_view kLongOperators[] = {"==", "!=", "<=", ">=", "=~", "!~", "</", ">/"};

// Walks over the text piece by piece.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  enum class Piece { kEnd, kBlank, kComment, kToken };
  Piece Next(Token* token) {
    if (at_ >= text_.size()) return Piece::kEnd;
    const size_t begin = at_;
    const char c = text_[at_];
    if (IsBlank(c)) {
      while (at_ < text_.size() && IsBlank(text_[at_])) ++at_;
      return Piece::kBlank;
    }
    if (c == '#') {
      at_ = std::min(text_.find_first_of("\r\n", at_), text_.size());
      return Piece::kComment;
    }
    *token = Token();
    token->begin = begin;
    token->kind = TokenAt(token);
    token->text = text_.substr(begin, at_ - begin);
    return Piece::kToken;
  }

 private:
  // The kind of the token at at_, which moves behind it.
  Token::Kind TokenAt(Token* token) {
    const char c = text_[at_];
    if (c == '"' || c == '\'' || c == '`') {
      token->closed = SkipString(c);
      return Token::Kind::kString;
    }
    if (IsWordStart(c) || (c == ':' && IsWordStart(Peek(1)) && !in_brackets_)) {
      SkipWhile([&](char d) { return IsWordPart(d) || (d == ':' && !in_brackets_); });
      return Token::Kind::kWord;
    }
    if (absl::ascii_isdigit(c) || (c == '.' && absl::ascii_isdigit(Peek(1)))) {
      SkipWhile([](char d) { return absl::ascii_isalnum(d) || d == '.' || d == '_'; });
      return Token::Kind::kNumber;
    }
    if (c == '(' || c == '{' || c == '[') {
      in_brackets_ = c == '[';
      ++at_;
      return Token::Kind::kOpen;
    }
    if (c == ')' || c == '}' || c == ']') {
      in_brackets_ = false;
      ++at_;
      return Token::Kind::kClose;
    }
    const std::string_view two = text_.substr(at_, 2);
    const bool is_long = std::find(std::begin(kLongOperators), std::end(kLongOperators), two) !=
                         std::end(kLongOperators);
    at_ += is_long ? 2 : 1;
    return Token::Kind::kOperator;
  }

  // Whether the string that begins here is closed.
  bool SkipString(char quote) {
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == quote) {
        ++at_;
        return true;
      }
      if (quote == '`') continue;
      if (text_[at_] == '\n') return false;
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
    }
    return false;
  }

  template <typename Accepts>
  void SkipWhile(Accepts accepts) {
    while (at_ < text_.size() && accepts(text_[at_])) ++at_;
  }

  char Peek(size_t ahead) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

  const std::string_view text_;
  size_t at_ = 0;
  bool in_brackets_ = false;
};

}  // namespace

void ForEachToken(std::string_view text, const std::function<void(const Token&)>& visit) {
  Scanner scanner(text);
  Token token;
  for (auto piece = scanner.Next(&token); piece != Scanner::Piece::kEnd;
       piece = scanner.Next(&token)) {
    if (piece == Scanner::Piece::kToken) visit(token);
  }
}

std::vector<Token> ScanTokens(std::string_view text) {
  std::vector<Token> tokens;
  ForEachToken(text, [&](const Token& token) { tokens.push_back(token); });
  return tokens;
}

bool EndsInComment(std::string_view text) {
  Scanner scanner(text);
  Token token;
  auto last = Scanner::Piece::kEnd;
  for (auto piece = scanner.Next(&token); piece != Scanner::Piece::kEnd;
       piece = scanner.Next(&token)) {
    last = piece;
  }
  return last == Scanner::Piece::kComment;
}

std::string JoinLines(std::string_view text) {
  std::string out;
  size_t end_of_last = 0;
  for (const Token& token : ScanTokens(text)) {
    // Blanks as they were; a gap with a line feed or a comment in it becomes one blank.
    const std::string_view gap = text.substr(end_of_last, token.begin - end_of_last);
    if (end_of_last > 0) {
      const bool plain = gap.find_first_of("#\r\n\t") == std::string_view::npos;
      out += plain ? gap : std::string_view(" ");
    }
    out += token.text;
    end_of_last = token.begin + token.text.size();
  }
  return out;
}

bool IsKeyword(const Token& token, std::string_view lower_case) {
  return token.kind == Token::Kind::kWord &&
         absl::EqualsIgnoreCase(Absl(token.text), Absl(lower_case));
}

bool IsAggregator(const Token& token) {
  for (const promql::AggregateOp op : promql::AllAggregateOps()) {
    if (IsKeyword(token, promql::AggregateName(op))) return true;
  }
  return false;
}

}  // namespace promlite::repl
