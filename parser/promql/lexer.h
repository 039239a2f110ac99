#ifndef PROMLITE_PARSER_PROMQL_LEXER_H_
#define PROMLITE_PARSER_PROMQL_LEXER_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "promlite/parser/promql/names.h"
#include "promlite/parser/promql/parse_options.h"
#include "promlite/parser/promql/token.h"

namespace promlite::promql::internal {

// Splits a query into tokens, one at a time, as Prometheus does. What a character means depends on
// where it stands: at the top level, inside braces (where no word is a keyword), or inside brackets
// (where only durations may stand). Comments and white space are skipped.
//
// The query must outlive the lexer and be shorter than 2^31 bytes.
class Lexer {
 public:
  // Of the options, those count that decide what a word is.
  explicit Lexer(std::string_view query, const ParseOptions& options = {})
      : query_(query), exact_ranges_(options.exact_ranges), names_(UnquotedNamesOf(options)) {}
  Lexer(const Lexer&) = delete;
  Lexer& operator=(const Lexer&) = delete;

  // The next token; kEnd at the end of the query, for ever. After a token of kind kError nothing
  // more can be read.
  Token Next();

  // What is wrong, after an error token: Prometheus' words, without the position.
  const std::string& error() const { return error_; }

  std::string_view query() const { return query_; }

 private:
  // A code point, or this.
  static constexpr uint32_t kEndOfQuery = 0xFFFFFFFF;

  uint32_t Peek() const;
  uint32_t Take();
  bool TakeIf(uint32_t rune);
  bool TakeOneOf(std::string_view characters);
  bool PeekIsOneOf(std::string_view characters) const;
  void SkipSpace();
  void SkipComment();

  Token Emit(TokenKind kind);
  Token Fail(std::string message);
  // For a token that was read, but may not stand where it does: the error is put behind it.
  Token FailBehind(std::string message);

  Token ReadTopLevel();
  Token ReadOperator(uint32_t first);
  Token ReadRightParen();
  Token ReadInBrackets(uint32_t first);
  Token ReadInBraces();
  Token ReadDurationStart();
  Token ReadDurationColon();
  Token ReadWord();
  Token ReadLabelName();
  Token ReadNumberOrDuration();
  Token ReadQuotedString(uint32_t quote);
  Token ReadRawString();

  // Reads a word that may stand in a duration, such as `step`; kError if it is another one.
  TokenKind ReadDurationWord();
  bool ReadNumber();
  bool ReadRestOfDuration();
  // Reads an escape behind its backslash. False if it is bad: error_ says why.
  bool ReadEscape(uint32_t quote);
  bool ReadEscapeDigits(uint32_t first, int count, uint32_t base, uint32_t max);
  bool ParenthesisFollows() const;

  const std::string_view query_;
  const bool exact_ranges_;
  const UnquotedNames names_;
  int32_t token_start_ = 0;
  int32_t at_ = 0;
  std::string error_;

  int32_t open_parens_ = 0;
  bool in_braces_ = false;
  bool in_brackets_ = false;
  // Behind a left bracket, until the first number: there words and colons have rules of their own.
  bool at_duration_start_ = false;
  bool got_colon_ = false;
  bool got_duration_ = false;
};

}  // namespace promlite::promql::internal

#endif  // PROMLITE_PARSER_PROMQL_LEXER_H_
