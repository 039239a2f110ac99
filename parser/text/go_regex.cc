#include "promlite/parser/text/go_regex.h"

#include <re2/re2.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "promlite/parser/text/regex_size.h"
#include "promlite/parser/text/utf8.h"

namespace promlite::internal {
namespace {

// Bounds the compiled program; a fourth of it must hold the program of 20,000 alternatives that are
// more than plain literals.
constexpr int64_t kMaxRegexMemoryBytes = 128 << 20;
// Go's parser refuses deeper ones too.
constexpr size_t kMaxRegexDepth = 1000;
// Above a million RE2's passes over the tree give up, and say so on standard error.
constexpr size_t kMaxRegexNodes = 400'000;
// `\pL` takes 30 kB each while it is parsed.
constexpr size_t kMaxUnicodeClasses = 1000;

constexpr std::string_view kTooLarge = "expression too large";

absl::Status RegexError(std::string_view what, std::string_view where) {
  return absl::InvalidArgumentError("error parsing regexp: " + std::string(what) + ": `" +
                                    std::string(where) + "`");
}

// Of a pattern of a megabyte the beginning is enough.
absl::Status SizeError(std::string_view what, std::string_view pattern) {
  constexpr size_t kMostShown = 1000;
  if (pattern.size() <= kMostShown) return RegexError(what, pattern);
  return RegexError(what, std::string(pattern.substr(0, kMostShown)) + "...");
}

// RE2's errors in Go's words, which Prometheus' users know.
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
      return kTooLarge;
    default:
      return "internal error";
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

std::string Framed(std::string translated, RegexFrame frame) {
  return frame == RegexFrame::kNone ? translated : "^(?s:" + translated + ")$";
}

RE2::Options Re2Options(RegexFrame frame) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_dot_nl(frame == RegexFrame::kNone);
  options.set_max_mem(kMaxRegexMemoryBytes);
  return options;
}

}  // namespace

absl::Status CheckRegexSize(std::string_view pattern) {
  const RegexSize size = MeasureRegex(pattern);
  if (size.depth > kMaxRegexDepth) return SizeError("expression nests too deeply", pattern);
  if (size.nodes > kMaxRegexNodes || size.unicode_classes > kMaxUnicodeClasses) {
    return SizeError(kTooLarge, pattern);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<const re2::RE2>> CompileGoRegex(std::string_view pattern,
                                                               RegexFrame frame) {
  if (absl::Status status = CheckRegexSize(pattern); !status.ok()) return status;
  auto regex = std::make_unique<const RE2>(Framed(ToRe2Syntax(pattern), frame), Re2Options(frame));
  if (regex->ok()) return regex;
  if (regex->error_code() == RE2::ErrorPatternTooLarge) return SizeError(kTooLarge, pattern);
  return RegexError(GoErrorText(regex->error_code()), Culprit(*regex, pattern));
}

}  // namespace promlite::internal
