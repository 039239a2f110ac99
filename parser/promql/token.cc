#include "promlite/parser/promql/token.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "promlite/parser/text/quoting.h"
#include "promlite/parser/text/utf8.h"

namespace promlite::promql::internal {
namespace {

struct Keyword {
  std::string_view word;
  TokenKind kind;
};

constexpr Keyword kKeywords[] = {
    {"and", TokenKind::kAnd},
    {"or", TokenKind::kOr},
    {"unless", TokenKind::kUnless},
    {"atan2", TokenKind::kAtan2},
    {"bool", TokenKind::kBool},
    {"by", TokenKind::kBy},
    {"without", TokenKind::kWithout},
    {"on", TokenKind::kOn},
    {"ignoring", TokenKind::kIgnoring},
    {"group_left", TokenKind::kGroupLeft},
    {"group_right", TokenKind::kGroupRight},
    {"fill", TokenKind::kFill},
    {"fill_left", TokenKind::kFillLeft},
    {"fill_right", TokenKind::kFillRight},
    {"offset", TokenKind::kOffset},
    {"anchored", TokenKind::kAnchored},
    {"smoothed", TokenKind::kSmoothed},
    {"exact", TokenKind::kExact},
    {"start", TokenKind::kStart},
    {"end", TokenKind::kEndOf},
    {"step", TokenKind::kStep},
    {"range", TokenKind::kRange},
    {"max_of", TokenKind::kMaxOf},
    {"min_of", TokenKind::kMinOf},
    {"inf", TokenKind::kNumber},
    {"nan", TokenKind::kNumber},
};

// The longest keyword is count_values; longer words need not be looked up.
constexpr size_t kLongestKeyword = 12;

bool IsOperator(TokenKind kind) { return kind >= TokenKind::kAdd && kind <= TokenKind::kAtan2; }
bool IsKeyword(TokenKind kind) { return kind >= TokenKind::kBool && kind <= TokenKind::kExact; }

std::string Bracketed(std::string_view prefix, std::string_view text) {
  std::string out = "<";
  out.append(prefix);
  out.append(text);
  out.push_back('>');
  return out;
}

// Quoted; values of more than ten bytes are cut after ten characters.
std::string QuotedShort(std::string_view text) {
  if (text.size() <= 10) return DoubleQuoted(text);
  size_t end = 0;
  for (int runes = 0; runes < 10 && end < text.size(); ++runes) {
    end += DecodeRune(text.substr(end)).bytes;
  }
  return DoubleQuoted(text.substr(0, end)) + "...";
}

}  // namespace

TokenKind ClassifyWord(std::string_view word) {
  if (word.find(':') != std::string_view::npos) return TokenKind::kMetricIdentifier;
  if (word.size() > kLongestKeyword) return TokenKind::kIdentifier;
  if (FindAggregateOp(word).has_value()) return TokenKind::kAggregate;
  const std::string lower = absl::AsciiStrToLower({word.data(), word.size()});
  const auto* const found =
      std::find_if(std::begin(kKeywords), std::end(kKeywords),
                   [&](const Keyword& keyword) { return keyword.word == lower; });
  return found == std::end(kKeywords) ? TokenKind::kIdentifier : found->kind;
}

std::optional<AggregateOp> FindAggregateOp(std::string_view word) {
  const std::string lower = absl::AsciiStrToLower({word.data(), word.size()});
  for (const AggregateOp op : AllAggregateOps()) {
    if (AggregateName(op) == lower) return op;
  }
  return std::nullopt;
}

std::optional<BinaryOp> FindBinaryOp(TokenKind kind) {
  switch (kind) {
    case TokenKind::kAdd:
      return BinaryOp::kAdd;
    case TokenKind::kSub:
      return BinaryOp::kSub;
    case TokenKind::kMul:
      return BinaryOp::kMul;
    case TokenKind::kDiv:
      return BinaryOp::kDiv;
    case TokenKind::kMod:
      return BinaryOp::kMod;
    case TokenKind::kPow:
      return BinaryOp::kPow;
    case TokenKind::kAtan2:
      return BinaryOp::kAtan2;
    case TokenKind::kEqualEqual:
      return BinaryOp::kEqual;
    case TokenKind::kNotEqual:
      return BinaryOp::kNotEqual;
    case TokenKind::kLess:
      return BinaryOp::kLess;
    case TokenKind::kLessOrEqual:
      return BinaryOp::kLessOrEqual;
    case TokenKind::kGreater:
      return BinaryOp::kGreater;
    case TokenKind::kGreaterOrEqual:
      return BinaryOp::kGreaterOrEqual;
    case TokenKind::kTrimUpper:
      return BinaryOp::kTrimUpper;
    case TokenKind::kTrimLower:
      return BinaryOp::kTrimLower;
    case TokenKind::kAnd:
      return BinaryOp::kAnd;
    case TokenKind::kOr:
      return BinaryOp::kOr;
    case TokenKind::kUnless:
      return BinaryOp::kUnless;
    default:
      return std::nullopt;
  }
}

bool IsMetricName(TokenKind kind) {
  switch (kind) {
    case TokenKind::kIdentifier:
    case TokenKind::kMetricIdentifier:
    case TokenKind::kAggregate:
    case TokenKind::kAnd:
    case TokenKind::kOr:
    case TokenKind::kUnless:
    case TokenKind::kBy:
    case TokenKind::kWithout:
    case TokenKind::kOffset:
    case TokenKind::kAnchored:
    case TokenKind::kSmoothed:
    case TokenKind::kExact:
    case TokenKind::kFill:
    case TokenKind::kFillLeft:
    case TokenKind::kFillRight:
    case TokenKind::kStart:
    case TokenKind::kEndOf:
    case TokenKind::kStep:
    case TokenKind::kRange:
    case TokenKind::kMaxOf:
    case TokenKind::kMinOf:
      return true;
    default:
      return false;
  }
}

bool IsGroupingLabel(TokenKind kind) {
  switch (kind) {
    case TokenKind::kBool:
    case TokenKind::kOn:
    case TokenKind::kIgnoring:
    case TokenKind::kGroupLeft:
    case TokenKind::kGroupRight:
    case TokenKind::kAtan2:
      return true;
    case TokenKind::kWithout:
      return false;
    default:
      return IsMetricName(kind);
  }
}

bool IsFunctionName(TokenKind kind) {
  switch (kind) {
    case TokenKind::kIdentifier:
    case TokenKind::kStart:
    case TokenKind::kEndOf:
    case TokenKind::kStep:
    case TokenKind::kRange:
    case TokenKind::kMaxOf:
    case TokenKind::kMinOf:
      return true;
    default:
      return false;
  }
}

bool StartsExpression(TokenKind kind) {
  switch (kind) {
    case TokenKind::kLeftParen:
    case TokenKind::kLeftBrace:
    case TokenKind::kAdd:
    case TokenKind::kSub:
    case TokenKind::kNumber:
    case TokenKind::kDuration:
    case TokenKind::kString:
      return true;
    default:
      return IsMetricName(kind);
  }
}

std::string DescribeToken(const Token& token, std::string_view query) {
  const std::string_view text = token.Text(query);
  switch (token.kind) {
    case TokenKind::kEnd:
      return "end of input";
    case TokenKind::kIdentifier:
      return "identifier " + DoubleQuoted(text);
    case TokenKind::kMetricIdentifier:
      return "metric identifier " + DoubleQuoted(text);
    case TokenKind::kNumber:
      return "number " + QuotedShort(text);
    case TokenKind::kDuration:
      return "duration " + QuotedShort(text);
    case TokenKind::kString:
      return "string " + QuotedShort(text);
    case TokenKind::kAggregate:
      return Bracketed("aggr:", text);
    default:
      if (IsOperator(token.kind)) return Bracketed("op:", text);
      if (IsKeyword(token.kind)) return Bracketed("", text);
      return QuotedShort(text);
  }
}

}  // namespace promlite::promql::internal
