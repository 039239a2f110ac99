#ifndef PROMLITE_PARSER_PROMQL_TOKEN_INPUT_H_
#define PROMLITE_PARSER_PROMQL_TOKEN_INPUT_H_

#include <cstddef>
#include <cstdint>
#include <tao/pegtl.hpp>
#include <vector>

#include "promlite/parser/promql/lexer.h"
#include "promlite/parser/promql/parse_errors.h"
#include "promlite/parser/promql/token.h"

namespace promlite::promql::internal {

class TokenInput;

// What a PEGTL action is given: the tokens that its rule has matched.
class MatchedTokens {
 public:
  MatchedTokens(const uint32_t& first, const TokenInput& input) : first_(first), input_(input) {}
  const Token& first() const;

 private:
  const uint32_t first_;
  const TokenInput& input_;
};

// The tokens of a query as an input of PEGTL. Tokens are read from the lexer only when a rule looks
// at them; as the grammar looks no further ahead than Prometheus' does, the last token read is the
// one that a syntax error names, and errors of the lexer come before or after others as there.
class TokenInput {
 public:
  using iterator_t = uint32_t;
  using action_t = MatchedTokens;

  explicit TokenInput(Lexer* lexer) : lexer_(*lexer) {}
  TokenInput(const TokenInput&) = delete;
  TokenInput& operator=(const TokenInput&) = delete;

  // The next token. Throws the lexer's error if it is one.
  const Token& current() {
    if (next_ == tokens_.size()) Read();
    return tokens_[next_];
  }
  void bump(size_t count = 1) { next_ += static_cast<uint32_t>(count); }

  template <tao::pegtl::rewind_mode Mode>
  tao::pegtl::internal::marker<iterator_t, Mode> mark() {
    return tao::pegtl::internal::marker<iterator_t, Mode>(next_);
  }

  const Token& token(uint32_t index) const { return tokens_[index]; }
  const Token& last_read() const { return tokens_.back(); }
  std::string_view query() const { return lexer_.query(); }

 private:
  void Read() {
    const Token token = lexer_.Next();
    if (token.kind == TokenKind::kError) Fail(token.position, lexer_.error());
    tokens_.push_back(token);
  }

  Lexer& lexer_;
  std::vector<Token> tokens_;
  uint32_t next_ = 0;
};

inline const Token& MatchedTokens::first() const { return input_.token(first_); }

}  // namespace promlite::promql::internal

#endif  // PROMLITE_PARSER_PROMQL_TOKEN_INPUT_H_
