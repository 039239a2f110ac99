#include "promlite/parser/text/regex_matcher.h"

#include <re2/re2.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "promlite/parser/text/absl_compat.h"
#include "promlite/parser/text/go_regex.h"
#include "promlite/parser/text/utf8.h"

namespace promlite::internal {
namespace {

// From here on a hash set beats looking at each literal.
constexpr size_t kManyLiterals = 8;

constexpr std::string_view kMetaCharacters = R"(\.+*?()|[]{}^$)";
constexpr std::string_view kMetaCharactersButBar = R"(\.+*?()[]{}^$)";
constexpr std::string_view kEscapablePunctuation = R"(\.+*?()|[]{}^$-/:,;=@#%&!"'<>~` )";

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
  std::shared_ptr<RegexMatcher> matcher(new RegexMatcher);
  if (matcher->IsAnsweredWithoutRe2(pattern)) return matcher;
  auto regex = CompileGoRegex(pattern, RegexFrame::kNone);
  if (!regex.ok()) return regex.status();
  matcher->re2_ = *std::move(regex);
  return matcher;
}

bool RegexMatcher::IsAnsweredWithoutRe2(std::string_view pattern) {
  // Go parses what has any other sign, and then wants UTF-8.
  const bool is_parsed = pattern.find_first_of(kMetaCharactersButBar) != std::string_view::npos;
  if (is_parsed && !IsValidUtf8(pattern)) return false;
  if (auto alternatives = ReadAlternatives(pattern)) {
    form_ = Form::kLiterals;
    literals_ = *std::move(alternatives);
    if (literals_.size() >= kManyLiterals) {
      literal_set_.insert(literals_.begin(), literals_.end());
    }
    return true;
  }
  if (pattern == ".*" || pattern == ".+") {
    form_ = pattern == ".*" ? Form::kAnything : Form::kNonEmpty;
    return true;
  }
  const bool open_begin = pattern.starts_with(".*");
  const bool open_end = pattern.ends_with(".*");
  if (!open_begin && !open_end) return false;
  std::string_view middle = pattern;
  if (open_begin) middle.remove_prefix(2);
  if (open_end && middle.size() >= 2) middle.remove_suffix(2);
  std::optional<std::string> literal = ReadLiteral(middle);
  if (!literal) return false;
  form_ = !open_end ? Form::kSuffix : !open_begin ? Form::kPrefix : Form::kContains;
  literals_.push_back(*std::move(literal));
  return true;
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
