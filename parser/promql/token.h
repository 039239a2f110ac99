#ifndef PROMLITE_PARSER_PROMQL_TOKEN_H_
#define PROMLITE_PARSER_PROMQL_TOKEN_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "promlite/parser/promql/ast.h"
#include "promlite/parser/promql/namespaces.h"
#include "promlite/parser/text/position.h"

namespace promlite::promql::internal {

enum class TokenKind : uint8_t {
  kEnd,
  kError,
  // Punctuation.
  kLeftParen,
  kRightParen,
  kLeftBrace,
  kRightBrace,
  kLeftBracket,
  kRightBracket,
  kComma,
  kColon,
  kEqual,  // a single =
  // Operators.
  kAdd,
  kSub,
  kMul,
  kDiv,
  kMod,
  kPow,
  kEqualEqual,
  kNotEqual,
  kLess,
  kLessOrEqual,
  kGreater,
  kGreaterOrEqual,
  kTrimUpper,
  kTrimLower,
  kRegexMatch,
  kRegexNoMatch,
  kAt,
  kAnd,
  kOr,
  kUnless,
  kAtan2,
  // Literals and names.
  kNumber,
  kDuration,
  kString,
  kIdentifier,
  kMetricIdentifier,  // an identifier with a colon
  // Any of the aggregation operators.
  kAggregate,
  // Keywords.
  kBool,
  kBy,
  kWithout,
  kOn,
  kIgnoring,
  kGroupLeft,
  kGroupRight,
  kFill,
  kFillLeft,
  kFillRight,
  kOffset,
  kAnchored,
  kSmoothed,
  kExact,
  // What stands for something of the query's own, as functions and in durations.
  kStart,
  kEndOf,  // the word `end`
  kStep,
  kRange,
  kMaxOf,
  kMinOf,
};

// Some bytes of the query. An error's range goes to the end of the query; its message is kept by
// the lexer.
struct Token {
  TokenKind kind = TokenKind::kEnd;
  PositionRange position;

  std::string_view Text(std::string_view query) const {
    return query.substr(static_cast<size_t>(position.start),
                        static_cast<size_t>(position.end - position.start));
  }
};

// What a word means outside braces, whatever its case; kIdentifier or kMetricIdentifier for all
// words that are not keywords.
TokenKind ClassifyWord(std::string_view word);

// The aggregation operator that a word names, whatever its case.
std::optional<AggregateOp> FindAggregateOp(std::string_view word);

// The binary operator that a token stands for, if any.
std::optional<BinaryOp> FindBinaryOp(TokenKind kind);

// Words that may name a metric although they have a meaning elsewhere, and all other names.
bool IsMetricName(TokenKind kind);

// Words that may stand in the lists of by, without, on, ignoring and group_left.
bool IsGroupingLabel(TokenKind kind);

// Words that name a function if a parenthesis follows.
bool IsFunctionName(TokenKind kind);

// Whether an expression can begin with the token.
bool StartsExpression(TokenKind kind);

// The token as error messages name it: `identifier "foo"`, `<by>`, `<op:*>`, `end of input`.
std::string DescribeToken(const Token& token, std::string_view query);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_PARSER_PROMQL_TOKEN_H_
