#include "promlite/parser/text/regex_check.h"

#include <re2/re2.h>

#include <algorithm>
#include <string>

#include "promlite/parser/text/utf8.h"

namespace promlite::internal {
namespace {

// Enough for a pattern of a megabyte of literals; beyond it a pattern is refused.
constexpr int64_t kMaxRegexMemoryBytes = 128 << 20;

absl::Status RegexError(std::string_view what, std::string_view where) {
  return absl::InvalidArgumentError("error parsing regexp: " + std::string(what) + ": `" +
                                    std::string(where) + "`");
}

// RE2's errors in Go's words. Storage's matchers have the same table: neither library knows the
// other.
std::string_view Describe(RE2::ErrorCode code) {
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
    default:
      return "expression too large";
  }
}

// The length of a bracketed class such as [^]a-z[:alpha:]] at the front of `pattern`.
size_t ClassLength(std::string_view pattern) {
  size_t at = 1;
  if (at < pattern.size() && pattern[at] == '^') ++at;
  if (at < pattern.size() && pattern[at] == ']') ++at;  // a member, not the end
  while (at < pattern.size() && pattern[at] != ']') {
    const bool named = pattern.substr(at).starts_with("[:");
    const size_t name_end = named ? pattern.find(":]", at + 2) : std::string_view::npos;
    if (name_end != std::string_view::npos) {
      at = name_end + 2;
    } else {
      at += pattern[at] == '\\' ? 2 : 1;
    }
  }
  return std::min(at + 1, pattern.size());
}

// What Go refuses and RE2 knows is replaced by something that both refuse.
constexpr std::string_view kOnlyRe2Escape = "\\C";
constexpr std::string_view kBadEscape = "\\y";
constexpr std::string_view kGoNamedGroup = "(?<";
constexpr std::string_view kRe2NamedGroup = "(?P<";

// Go's syntax in RE2's, where they differ: Go also takes (?<name>...), and not \C.
std::string ToRe2Syntax(std::string_view pattern) {
  std::string translated;
  translated.reserve(pattern.size() + 8);
  for (size_t at = 0; at < pattern.size();) {
    const std::string_view rest = pattern.substr(at);
    size_t length = 1;
    std::string_view replacement;
    if (rest.starts_with("\\Q")) {
      const size_t end = rest.find("\\E", 2);
      length = end == std::string_view::npos ? rest.size() : end + 2;
    } else if (rest.starts_with("\\")) {
      length = std::min<size_t>(2, rest.size());
      if (rest.starts_with(kOnlyRe2Escape)) replacement = kBadEscape;
    } else if (rest.starts_with("[")) {
      length = ClassLength(rest);
    } else if (rest.starts_with(kGoNamedGroup) && !rest.starts_with("(?<=") &&
               !rest.starts_with("(?<!")) {
      length = kGoNamedGroup.size();
      replacement = kRe2NamedGroup;
    }
    translated.append(replacement.empty() ? rest.substr(0, length) : replacement);
    at += length;
  }
  return translated;
}

// From the first byte on that is not UTF-8.
std::string_view FromInvalidUtf8(std::string_view text) {
  while (!text.empty() && DecodeRune(text).valid) {
    text.remove_prefix(DecodeRune(text).bytes);
  }
  return text;
}

// What RE2 complains about, as it stands in the pattern.
std::string Culprit(const RE2& regex, std::string_view pattern) {
  std::string culprit = regex.error_arg();
  if (regex.error_code() == RE2::ErrorBadUTF8) return std::string(FromInvalidUtf8(pattern));
  if (culprit == regex.pattern()) return std::string(pattern);
  if (culprit == kBadEscape && pattern.find(kBadEscape) == std::string_view::npos) {
    return std::string(kOnlyRe2Escape);
  }
  // Go takes a reluctant repetition apart before it looks at the counts.
  if (regex.error_code() == RE2::ErrorRepeatSize && culprit.ends_with('?')) culprit.pop_back();
  // RE2 may complain about the first three characters alone.
  if (culprit == "(?P" && pattern.find(culprit) == std::string_view::npos) {
    return std::string(kGoNamedGroup);
  }
  if (pattern.find(kRe2NamedGroup) == std::string_view::npos) {
    const size_t group = culprit.find(kRe2NamedGroup);
    if (group != std::string::npos) culprit.replace(group, kRe2NamedGroup.size(), kGoNamedGroup);
  }
  return culprit;
}

RE2::Options Re2Options() {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_dot_nl(true);
  options.set_max_mem(kMaxRegexMemoryBytes);
  return options;
}

// Prometheus compares literals and alternatives of literals without looking at them as a pattern;
// most matchers are such.
bool IsAlternativesOfLiterals(std::string_view pattern) {
  return pattern.find_first_of("\\.+*?()[]{}^$") == std::string_view::npos;
}

bool HasEmptyAlternative(std::string_view alternatives) {
  return alternatives.empty() || alternatives.front() == '|' || alternatives.back() == '|' ||
         alternatives.find("||") != std::string_view::npos;
}

}  // namespace

absl::StatusOr<bool> RegexMatchesEmpty(std::string_view pattern) {
  if (IsAlternativesOfLiterals(pattern)) return HasEmptyAlternative(pattern);
  // Compiled as it is: wrapped in a group, `a)(b` would be accepted.
  const RE2 regex(ToRe2Syntax(pattern), Re2Options());
  if (!regex.ok()) return RegexError(Describe(regex.error_code()), Culprit(regex, pattern));
  return RE2::FullMatch("", regex);
}

}  // namespace promlite::internal
