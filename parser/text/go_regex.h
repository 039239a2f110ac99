#ifndef PROMLITE_PARSER_TEXT_GO_REGEX_H_
#define PROMLITE_PARSER_TEXT_GO_REGEX_H_

#include <memory>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace re2 {
class RE2;
}

namespace promlite::internal {

// Regular expressions in Go's syntax, compiled by RE2. Whatever becomes one goes through here:
// translated where the two differ, measured before RE2 sees it, refused in Go's words.

// What is put round a pattern before it is parsed.
enum class RegexFrame {
  // Nothing, but the dot matches newlines: a matcher, which must match a whole value.
  kNone,
  // `^(?s:` and `)$`, as label_replace does: `a)(b` is an expression then.
  kAnchors,
};

// InvalidArgument, in the words of Go's parser, for a pattern that is none: "error parsing regexp:
// missing closing ): `(a`"; and for one that CheckRegexSize() refuses.
absl::StatusOr<std::unique_ptr<const re2::RE2>> CompileGoRegex(std::string_view pattern,
                                                               RegexFrame frame);

// InvalidArgument for a pattern that would take more memory or stack than there is to compile:
// "error parsing regexp: expression too large: `...`". Whether the pattern is valid is not asked.
absl::Status CheckRegexSize(std::string_view pattern);

}  // namespace promlite::internal

#endif  // PROMLITE_PARSER_TEXT_GO_REGEX_H_
