#include "promlite/parser/promql/lexer.h"

#include <utility>

#include "promlite/parser/promql/name_runes.h"
#include "promlite/parser/text/quoting.h"
#include "promlite/parser/text/utf8.h"

namespace promlite::promql::internal {
namespace {

bool IsSpace(uint32_t rune) { return rune == ' ' || rune == '\t' || rune == '\n' || rune == '\r'; }

bool IsDigit(uint32_t rune) { return rune >= '0' && rune <= '9'; }

// What may not follow a number, whatever names are made of.
bool IsAsciiLetterOrDigit(uint32_t rune) { return ContinuesName(rune, UnquotedNames::kAscii); }

// The first letters of step, range, max_of and min_of.
bool StartsDurationWord(uint32_t rune) {
  return rune < 0x80 &&
         std::string_view("srmSRM").find(static_cast<char>(rune)) != std::string_view::npos;
}

// The value of a digit; more than any base for other runes.
uint32_t DigitValue(uint32_t rune) {
  if (IsDigit(rune)) return rune - '0';
  if (rune >= 'a' && rune <= 'f') return rune - 'a' + 10;
  if (rune >= 'A' && rune <= 'F') return rune - 'A' + 10;
  return 16;
}

constexpr std::string_view kDecimalDigits = "0123456789";
constexpr std::string_view kHexDigits = "0123456789abcdefABCDEF";

}  // namespace

// ---- characters -----------------------------------------------------------------------------

uint32_t Lexer::Peek() const {
  if (static_cast<size_t>(at_) >= query_.size()) return kEndOfQuery;
  return DecodeRune(query_.substr(static_cast<size_t>(at_))).rune;
}

uint32_t Lexer::Take() {
  if (static_cast<size_t>(at_) >= query_.size()) return kEndOfQuery;
  const DecodedRune next = DecodeRune(query_.substr(static_cast<size_t>(at_)));
  at_ += static_cast<int32_t>(next.bytes);
  return next.rune;
}

bool Lexer::TakeIf(uint32_t rune) {
  if (Peek() != rune) return false;
  Take();
  return true;
}

bool Lexer::PeekIsOneOf(std::string_view characters) const {
  const uint32_t rune = Peek();
  return rune < 0x80 && characters.find(static_cast<char>(rune)) != std::string_view::npos;
}

bool Lexer::TakeOneOf(std::string_view characters) {
  if (!PeekIsOneOf(characters)) return false;
  Take();
  return true;
}

void Lexer::SkipSpace() {
  while (IsSpace(Peek())) Take();
}

void Lexer::SkipComment() {
  while (Peek() != kEndOfQuery && Peek() != '\n' && Peek() != '\r') Take();
}

// ---- tokens ---------------------------------------------------------------------------------

Token Lexer::Emit(TokenKind kind) { return {kind, {token_start_, at_}}; }

Token Lexer::Fail(std::string message) {
  error_ = std::move(message);
  return {TokenKind::kError, {token_start_, static_cast<int32_t>(query_.size())}};
}

Token Lexer::FailBehind(std::string message) {
  token_start_ = at_;
  return Fail(std::move(message));
}

Token Lexer::Next() {
  for (;;) {
    SkipSpace();
    // Prometheus knows no comment between a left bracket and the first literal behind it.
    if (at_duration_start_ || Peek() != '#') break;
    SkipComment();
  }
  token_start_ = at_;
  if (at_duration_start_) return ReadDurationStart();
  return in_braces_ ? ReadInBraces() : ReadTopLevel();
}

Token Lexer::ReadTopLevel() {
  const uint32_t first = Take();
  switch (first) {
    case kEndOfQuery:
      if (open_parens_ != 0) return Fail("unclosed left parenthesis");
      if (in_brackets_) return Fail("unclosed left bracket");
      return Emit(TokenKind::kEnd);
    case ',':
      return Emit(TokenKind::kComma);
    case '"':
    case '\'':
      return ReadQuotedString(first);
    case '`':
      return ReadRawString();
    case '(':
      ++open_parens_;
      return Emit(TokenKind::kLeftParen);
    case ')':
      return ReadRightParen();
    case '{':
      in_braces_ = true;
      return Emit(TokenKind::kLeftBrace);
    case '[':
      if (in_brackets_) return Fail("unexpected left bracket '['");
      in_brackets_ = at_duration_start_ = true;
      got_colon_ = got_duration_ = false;
      return Emit(TokenKind::kLeftBracket);
    case ']':
      if (!in_brackets_) return Fail("unexpected right bracket ']'");
      in_brackets_ = false;
      return Emit(TokenKind::kRightBracket);
    default:
      break;
  }
  if (IsDigit(first) || (first == '.' && IsDigit(Peek()))) {
    at_ = token_start_;
    return ReadNumberOrDuration();
  }
  if (StartsName(first, names_) || first == ':') {
    return in_brackets_ ? ReadInBrackets(first) : ReadWord();
  }
  return ReadOperator(first);
}

Token Lexer::ReadOperator(uint32_t first) {
  switch (first) {
    case '+':
      return Emit(TokenKind::kAdd);
    case '-':
      return Emit(TokenKind::kSub);
    case '*':
      return Emit(TokenKind::kMul);
    case '/':
      return Emit(TokenKind::kDiv);
    case '%':
      return Emit(TokenKind::kMod);
    case '^':
      return Emit(TokenKind::kPow);
    case '@':
      return Emit(TokenKind::kAt);
    case '=':
      if (Peek() == '~') return Fail("unexpected character after '=': '~'");
      return Emit(TakeIf('=') ? TokenKind::kEqualEqual : TokenKind::kEqual);
    case '!':
      if (TakeIf('=')) return Emit(TokenKind::kNotEqual);
      return Fail("unexpected character after '!': " + SingleQuoted(Peek()));
    case '<':
      if (TakeIf('=')) return Emit(TokenKind::kLessOrEqual);
      return Emit(TakeIf('/') ? TokenKind::kTrimUpper : TokenKind::kLess);
    case '>':
      if (TakeIf('=')) return Emit(TokenKind::kGreaterOrEqual);
      return Emit(TakeIf('/') ? TokenKind::kTrimLower : TokenKind::kGreater);
    default:
      return Fail("unexpected character: " + SingleQuoted(first));
  }
}

Token Lexer::ReadRightParen() {
  if (--open_parens_ < 0) return FailBehind("unexpected right parenthesis ')'");
  return Emit(TokenKind::kRightParen);
}

// A letter or colon inside brackets, behind the first literal.
Token Lexer::ReadInBrackets(uint32_t first) {
  if (first == ':') {
    if (got_colon_) return Fail("unexpected colon ':'");
    got_colon_ = true;
    return Emit(TokenKind::kColon);
  }
  if (StartsDurationWord(first)) {
    if (const TokenKind kind = ReadDurationWord(); kind != TokenKind::kError) return Emit(kind);
  }
  return Fail("unexpected character: " + SingleQuoted(first) + ", expected ':'");
}

Token Lexer::ReadInBraces() {
  const uint32_t first = Take();
  switch (first) {
    case kEndOfQuery:
      return Fail("unexpected end of input inside braces");
    case ',':
      return Emit(TokenKind::kComma);
    case '"':
    case '\'':
      return ReadQuotedString(first);
    case '`':
      return ReadRawString();
    case '=':
      return Emit(TakeIf('~') ? TokenKind::kRegexMatch : TokenKind::kEqual);
    case '!':
      if (TakeIf('~')) return Emit(TokenKind::kRegexNoMatch);
      if (TakeIf('=')) return Emit(TokenKind::kNotEqual);
      return Fail("unexpected character after '!' inside braces: " + SingleQuoted(Peek()));
    case '{':
      return Fail("unexpected left brace '{'");
    case '}':
      in_braces_ = false;
      return Emit(TokenKind::kRightBrace);
    default:
      if (StartsName(first, names_)) return ReadLabelName();
      return Fail("unexpected character inside braces: " + SingleQuoted(first));
  }
}

// ---- durations ------------------------------------------------------------------------------

Token Lexer::ReadDurationStart() {
  const uint32_t first = Take();
  switch (first) {
    case kEndOfQuery:
      return Fail("unexpected end of input in duration expression");
    case ']':
      in_brackets_ = at_duration_start_ = false;
      return Emit(TokenKind::kRightBracket);
    case ':':
      return ReadDurationColon();
    case '(':
      ++open_parens_;
      return Emit(TokenKind::kLeftParen);
    case ')':
      return ReadRightParen();
    case ',':
      return Emit(TokenKind::kComma);
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
    case '^':
      return ReadOperator(first);
    default:
      break;
  }
  if (IsDigit(first) || (first == '.' && IsDigit(Peek()))) {
    at_ = token_start_;
    at_duration_start_ = false;
    got_duration_ = true;
    return ReadNumberOrDuration();
  }
  if (StartsDurationWord(first)) {
    if (const TokenKind kind = ReadDurationWord(); kind != TokenKind::kError) {
      got_duration_ = true;
      return Emit(kind);
    }
  }
  return Fail("unexpected character in duration expression: " + SingleQuoted(first));
}

Token Lexer::ReadDurationColon() {
  if (!got_duration_) return FailBehind("unexpected colon before duration in duration expression");
  if (got_colon_) return FailBehind("unexpected repeated colon in duration expression");
  got_colon_ = true;
  return Emit(TokenKind::kColon);
}

TokenKind Lexer::ReadDurationWord() {
  while (StartsName(Peek(), UnquotedNames::kAscii)) Take();
  const TokenKind kind = ClassifyWord(Emit(TokenKind::kIdentifier).Text(query_));
  switch (kind) {
    case TokenKind::kStep:
    case TokenKind::kRange:
    case TokenKind::kMaxOf:
    case TokenKind::kMinOf:
      return kind;
    default:
      return TokenKind::kError;
  }
}

// ---- words ----------------------------------------------------------------------------------

Token Lexer::ReadWord() {
  while (ContinuesName(Peek(), names_) || Peek() == ':') Take();
  const TokenKind kind = ClassifyWord(Emit(TokenKind::kIdentifier).Text(query_));
  switch (kind) {
    case TokenKind::kFill:
    case TokenKind::kFillLeft:
    case TokenKind::kFillRight:
      // So that metrics of these names still work: `fill + fill`.
      return Emit(ParenthesisFollows() ? kind : TokenKind::kIdentifier);
    case TokenKind::kExact:
      return Emit(exact_ranges_ ? kind : TokenKind::kIdentifier);
    default:
      return Emit(kind);
  }
}

Token Lexer::ReadLabelName() {
  while (ContinuesName(Peek(), names_)) Take();
  return Emit(TokenKind::kIdentifier);
}

bool Lexer::ParenthesisFollows() const {
  for (const char c : query_.substr(static_cast<size_t>(at_))) {
    if (!IsSpace(static_cast<unsigned char>(c))) return c == '(';
  }
  return false;
}

// ---- numbers --------------------------------------------------------------------------------

Token Lexer::ReadNumberOrDuration() {
  if (ReadNumber()) return Emit(TokenKind::kNumber);
  if (ReadRestOfDuration()) return Emit(TokenKind::kDuration);
  return Fail("bad number or duration syntax: " +
              DoubleQuoted(Emit(TokenKind::kError).Text(query_)));
}

// Reads what may be a number; false, having read a part, if it is none. Not every text that this
// accepts is a number: the rest is found out when its value is wanted.
bool Lexer::ReadNumber() {
  std::string_view digits = kDecimalDigits;
  if (TakeIf('0') && TakeOneOf("xX")) {
    TakeIf('_');
    digits = kHexDigits;
  }
  TakeIf('.');
  TakeOneOf(digits);
  bool seen_dot = false, seen_exponent = false;
  while (PeekIsOneOf("._eE") || PeekIsOneOf(digits)) {
    if (TakeIf('.')) {
      // A second dot, or one that an underscore or dot follows, or one in a hexadecimal number.
      if (seen_dot || TakeOneOf("_.") || digits == kHexDigits) return false;
      seen_dot = true;
    } else if (TakeOneOf("eE")) {
      if (seen_exponent) return false;
      seen_exponent = true;
      TakeOneOf("+-");
      if (TakeOneOf("._eE") || Peek() == kEndOfQuery) return false;
    } else if (TakeIf('_')) {
      if (TakeOneOf("._eE") || Peek() == kEndOfQuery) return false;
    } else {
      while (TakeOneOf(digits)) {
      }
    }
  }
  return !IsAsciiLetterOrDigit(Peek());
}

// Reads on behind the digits of what turned out not to be a number. The order and repetition of
// units are checked when the value is wanted.
bool Lexer::ReadRestOfDuration() {
  if (!TakeOneOf("smhdwy")) return false;
  TakeIf('s');  // of ms
  while (TakeOneOf(kDecimalDigits)) {
    while (TakeOneOf(kDecimalDigits)) {
    }
    if (!TakeOneOf("smhdw")) return false;  // years only come first
    TakeIf('s');
  }
  if (!IsAsciiLetterOrDigit(Peek())) return true;
  Take();  // so that the message shows it
  return false;
}

// ---- strings --------------------------------------------------------------------------------

Token Lexer::ReadQuotedString(uint32_t quote) {
  for (;;) {
    const uint32_t rune = Take();
    if (rune == quote) return Emit(TokenKind::kString);
    switch (rune) {
      case '\\':
        if (!ReadEscape(quote)) return Fail(std::move(error_));
        break;
      case kReplacementRune:
        return Fail("invalid UTF-8 rune");
      case kEndOfQuery:
      case '\n':
        return Fail("unterminated quoted string");
      default:
        break;
    }
  }
}

Token Lexer::ReadRawString() {
  for (;;) {
    switch (Take()) {
      case '`':
        return Emit(TokenKind::kString);
      case kReplacementRune:
        return Fail("invalid UTF-8 rune");
      case kEndOfQuery:
        return Fail("unterminated raw string");
      default:
        break;
    }
  }
}

bool Lexer::ReadEscape(uint32_t quote) {
  constexpr uint32_t kMaxRune = 0x10FFFF;
  const uint32_t kind = Take();
  if (kind == quote) return true;
  switch (kind) {
    case 'a':
    case 'b':
    case 'f':
    case 'n':
    case 'r':
    case 't':
    case 'v':
    case '\\':
      return true;
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
      return ReadEscapeDigits(kind, 3, 8, 255);
    case 'x':
      return ReadEscapeDigits(Take(), 2, 16, 255);
    case 'u':
      return ReadEscapeDigits(Take(), 4, 16, kMaxRune);
    case 'U':
      return ReadEscapeDigits(Take(), 8, 16, kMaxRune);
    case kEndOfQuery:
      error_ = "escape sequence not terminated";
      return false;
    default:
      error_ = "unknown escape sequence " + CodePoint(kind);
      return false;
  }
}

bool Lexer::ReadEscapeDigits(uint32_t first, int count, uint32_t base, uint32_t max) {
  uint32_t value = 0;
  uint32_t digit = first;
  for (int i = 0; i < count; ++i) {
    if (i > 0) digit = Take();
    if (DigitValue(digit) >= base) {
      error_ = digit == kEndOfQuery
                   ? "escape sequence not terminated"
                   : "illegal character " + CodePoint(digit) + " in escape sequence";
      return false;
    }
    value = value * base + DigitValue(digit);
  }
  if (value <= max && (value < 0xD800 || value >= 0xE000)) return true;
  error_ = "escape sequence is an invalid Unicode code point";
  return false;
}

}  // namespace promlite::promql::internal
