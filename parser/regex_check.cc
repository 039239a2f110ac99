#include "promlite/parser/regex_check.h"

#include <re2/re2.h>

#include <string>

#include "promlite/parser/utf8.h"

namespace promlite::internal {
namespace {

// Enough for a pattern of a megabyte of literals; beyond it a pattern is refused.
constexpr int64_t kMaxRegexMemoryBytes = 128 << 20;

absl::Status RegexError(std::string_view what, std::string_view where) {
  return absl::InvalidArgumentError("error parsing regexp: " + std::string(what) + ": `" +
                                    std::string(where) + "`");
}

// RE2's errors in Go's words.
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

// Go's syntax in RE2's, where they differ: Go also takes (?<name>...), and not \C.
absl::StatusOr<std::string> ToRe2Syntax(std::string_view pattern) {
  std::string translated;
  translated.reserve(pattern.size() + 8);
  for (size_t at = 0; at < pattern.size();) {
    const std::string_view rest = pattern.substr(at);
    size_t length = 1;
    if (rest.starts_with("\\Q")) {
      const size_t end = rest.find("\\E", 2);
      length = end == std::string_view::npos ? rest.size() : end + 2;
    } else if (rest.starts_with("\\C")) {
      return RegexError("invalid escape sequence", "\\C");
    } else if (rest.starts_with("\\")) {
      length = std::min<size_t>(2, rest.size());
    } else if (rest.starts_with("[")) {
      length = ClassLength(rest);
    } else if (rest.starts_with("(?<") && !rest.starts_with("(?<=") && !rest.starts_with("(?<!")) {
      translated.append("(?P<");
      at += 3;
      continue;
    }
    translated.append(rest, 0, length);
    at += length;
  }
  return translated;
}

RE2::Options Re2Options() {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_dot_nl(true);
  options.set_max_mem(kMaxRegexMemoryBytes);
  return options;
}

// Patterns of ordinary characters need no compilation, and most matchers have one.
bool IsPlainText(std::string_view pattern) {
  return pattern.find_first_of("\\.+*?()|[]{}^$") == std::string_view::npos;
}

}  // namespace

absl::StatusOr<bool> RegexMatchesEmpty(std::string_view pattern) {
  if (!IsValidUtf8Text(pattern)) return RegexError("invalid UTF-8", pattern);
  if (IsPlainText(pattern)) return pattern.empty();
  const absl::StatusOr<std::string> translated = ToRe2Syntax(pattern);
  if (!translated.ok()) return translated.status();
  // Compiled as it is: wrapped in a group, `a)(b` would be accepted.
  const RE2 regex(*translated, Re2Options());
  if (!regex.ok()) return RegexError(Describe(regex.error_code()), regex.error_arg());
  return RE2::FullMatch("", regex);
}

}  // namespace promlite::internal
