#include "promlite/storage/labels/regex_matcher.h"

#include <re2/re2.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/parser/text/regex_size.h"
#include "promlite/parser/text/utf8.h"

namespace promlite::internal {
namespace {

// Bounds the compiled program; a fourth of it must hold the program of 20,000 alternatives that
// are more than plain literals.
constexpr int64_t kMaxRegexMemoryBytes = 128 << 20;
// Go's parser refuses deeper ones too.
constexpr size_t kMaxRegexDepth = 1000;
// Above a million RE2's passes over the tree give up, and say so on standard error.
constexpr size_t kMaxRegexNodes = 400'000;
// `\pL` takes 30 kB each while it is parsed.
constexpr size_t kMaxUnicodeClasses = 1000;
// From here on a hash set beats looking at each literal.
constexpr size_t kManyLiterals = 8;

constexpr std::string_view kMetaCharacters = R"(\.+*?()|[]{}^$)";
constexpr std::string_view kEscapablePunctuation = R"(\.+*?()|[]{}^$-/:,;=@#%&!"'<>~` )";

// As Go does; but of a pattern of a megabyte the beginning is enough.
absl::Status ParseError(std::string_view what, std::string_view where) {
  constexpr size_t kMostShown = 1000;
  return absl::InvalidArgumentError(absl::StrCat("error parsing regexp: ", Absl(what), ": `",
                                                 Absl(where.substr(0, kMostShown)),
                                                 where.size() > kMostShown ? "..." : "", "`"));
}

// RE2 and Go say the same in different words; Prometheus' users know Go's. The parser has the same
// table: neither library knows the other.
std::string_view GoErrorText(RE2::ErrorCode code) {
  switch (code) {
    case RE2::ErrorBadEscape:
      return "invalid escape sequence";
    case RE2::ErrorBadCharClass:
      return "invalid character class";
    case RE2::ErrorBadCharRange:
      return "invalid character class range";
    case RE2::ErrorMissingBracket:
      return "missing closing ]";
    case RE2::ErrorMissingParen:
      return "missing closing )";
    case RE2::ErrorUnexpectedParen:
      return "unexpected )";
    case RE2::ErrorTrailingBackslash:
      return "trailing backslash at end of expression";
    case RE2::ErrorRepeatArgument:
      return "missing argument to repetition operator";
    case RE2::ErrorRepeatSize:
      return "invalid repeat count";
    case RE2::ErrorRepeatOp:
      return "invalid nested repetition operator";
    case RE2::ErrorBadPerlOp:
      return "invalid or unsupported Perl syntax";
    case RE2::ErrorBadUTF8:
      return "invalid UTF-8";
    case RE2::ErrorBadNamedCapture:
      return "invalid named capture";
    case RE2::ErrorPatternTooLarge:
      return "expression too large";
    default:
      return "internal error";
  }
}

// Brings Go's syntax into RE2's where they differ: `(?<name>` is written `(?P<name>` in RE2, and
// `\C`, which RE2 takes, is an error in Go.
absl::StatusOr<std::string> TranslateToRe2(std::string_view pattern) {
  std::string translated;
  translated.reserve(pattern.size() + 16);
  bool in_class = false;
  for (size_t i = 0; i < pattern.size(); ++i) {
    const std::string_view rest = pattern.substr(i);
    if (rest.starts_with("\\Q") && !in_class) {
      const size_t end = pattern.find("\\E", i + 2);
      const size_t stop = end == std::string_view::npos ? pattern.size() : end + 2;
      translated += pattern.substr(i, stop - i);
      i = stop - 1;
    } else if (rest[0] == '\\' && rest.size() > 1) {
      if (rest[1] == 'C') return ParseError("invalid escape sequence", "\\C");
      translated += rest.substr(0, 2);
      ++i;
    } else if (rest.starts_with("(?<") && !in_class && !rest.starts_with("(?<=") &&
               !rest.starts_with("(?<!")) {
      translated += "(?P<";
      i += 2;
    } else if (rest[0] == '[' && !in_class) {
      in_class = true;
      translated += '[';
      // A ] that stands first, or first after ^, is a member of the class.
      if (i + 1 < pattern.size() && pattern[i + 1] == '^') translated += pattern[++i];
      if (i + 1 < pattern.size() && pattern[i + 1] == ']') translated += pattern[++i];
    } else if (in_class && rest.starts_with("[:") && rest.find(":]") != std::string_view::npos) {
      const size_t size = rest.find(":]") + 2;
      translated += rest.substr(0, size);
      i += size - 1;
    } else {
      if (rest[0] == ']') in_class = false;
      translated += rest[0];
    }
  }
  return translated;
}

// Reads a pattern that consists of literal characters only; nothing if there is anything else.
std::optional<std::string> ReadLiteral(std::string_view pattern) {
  std::string literal;
  literal.reserve(pattern.size());
  for (size_t i = 0; i < pattern.size(); ++i) {
    char c = pattern[i];
    if (c == '\\') {
      if (++i == pattern.size()) return std::nullopt;
      c = pattern[i];
      if (kEscapablePunctuation.find(c) == std::string_view::npos) return std::nullopt;
    } else if (kMetaCharacters.find(c) != std::string_view::npos) {
      return std::nullopt;
    }
    literal += c;
  }
  return literal;
}

// `(a|b)` and `(?:a|b)` without their parentheses, if these are the only ones.
std::string_view WithoutOuterGroup(std::string_view pattern) {
  if (pattern.size() < 2 || pattern.front() != '(' || pattern.back() != ')') return pattern;
  std::string_view inner = pattern.substr(1, pattern.size() - 2);
  if (inner.starts_with("?:")) inner.remove_prefix(2);
  // The last parenthesis may be an escaped one; then `inner` ends in a lone backslash, which no
  // literal does.
  return inner;
}

std::optional<std::vector<std::string>> ReadAlternatives(std::string_view pattern) {
  std::vector<std::string> alternatives;
  absl::flat_hash_set<std::string> seen;
  pattern = WithoutOuterGroup(pattern);
  size_t begin = 0;
  for (size_t i = 0; i <= pattern.size(); ++i) {
    if (i < pattern.size() && pattern[i] == '\\') {
      ++i;
      if (i == pattern.size()) return std::nullopt;
      continue;
    }
    if (i < pattern.size() && pattern[i] != '|') continue;
    std::optional<std::string> literal = ReadLiteral(pattern.substr(begin, i - begin));
    if (!literal) return std::nullopt;
    if (seen.insert(*literal).second) alternatives.push_back(*std::move(literal));
    begin = i + 1;
  }
  return alternatives;
}

}  // namespace

RegexMatcher::RegexMatcher() = default;
RegexMatcher::~RegexMatcher() = default;

absl::StatusOr<std::shared_ptr<const RegexMatcher>> RegexMatcher::Compile(
    std::string_view pattern) {
  if (!IsValidUtf8(pattern)) return ParseError("invalid UTF-8", ReplaceInvalidUtf8(pattern));
  std::shared_ptr<RegexMatcher> matcher(new RegexMatcher);
  if (auto alternatives = ReadAlternatives(pattern)) {
    matcher->form_ = Form::kLiterals;
    matcher->literals_ = *std::move(alternatives);
    if (matcher->literals_.size() >= kManyLiterals) {
      matcher->literal_set_.insert(matcher->literals_.begin(), matcher->literals_.end());
    }
    return matcher;
  }
  if (pattern == ".*" || pattern == ".+") {
    matcher->form_ = pattern == ".*" ? Form::kAnything : Form::kNonEmpty;
    return matcher;
  }
  const bool open_begin = pattern.starts_with(".*");
  const bool open_end = pattern.ends_with(".*");
  if (open_begin || open_end) {
    std::string_view middle = pattern;
    if (open_begin) middle.remove_prefix(2);
    if (open_end && middle.size() >= 2) middle.remove_suffix(2);
    if (auto literal = ReadLiteral(middle)) {
      matcher->form_ = !open_end ? Form::kSuffix : !open_begin ? Form::kPrefix : Form::kContains;
      matcher->literals_.push_back(*std::move(literal));
      return matcher;
    }
  }

  const RegexSize size = MeasureRegex(pattern);
  if (size.depth > kMaxRegexDepth) return ParseError("expression nests too deeply", pattern);
  if (size.nodes > kMaxRegexNodes || size.unicode_classes > kMaxUnicodeClasses) {
    return ParseError("expression too large", pattern);
  }
  absl::StatusOr<std::string> translated = TranslateToRe2(pattern);
  if (!translated.ok()) return translated.status();
  RE2::Options options;
  options.set_dot_nl(true);
  options.set_log_errors(false);
  options.set_max_mem(kMaxRegexMemoryBytes);
  matcher->re2_ = std::make_unique<RE2>(*translated, options);
  if (!matcher->re2_->ok()) {
    const RE2::ErrorCode code = matcher->re2_->error_code();
    const std::string& where = matcher->re2_->error_arg();
    return ParseError(GoErrorText(code),
                      code == RE2::ErrorPatternTooLarge ? pattern : std::string_view(where));
  }
  return matcher;
}

bool RegexMatcher::Matches(std::string_view value) const {
  switch (form_) {
    case Form::kLiterals:
      if (!literal_set_.empty()) return literal_set_.contains(Absl(value));
      return std::find(literals_.begin(), literals_.end(), value) != literals_.end();
    case Form::kPrefix:
      return value.starts_with(literals_[0]);
    case Form::kSuffix:
      return value.ends_with(literals_[0]);
    case Form::kContains:
      return value.find(literals_[0]) != std::string_view::npos;
    case Form::kAnything:
      return true;
    case Form::kNonEmpty:
      return !value.empty();
    case Form::kGeneral:
      break;
  }
  if (IsValidUtf8(value)) {
    return RE2::FullMatch(re2::StringPiece(value.data(), value.size()), *re2_);
  }
  return RE2::FullMatch(ReplaceInvalidUtf8(value), *re2_);
}

}  // namespace promlite::internal
