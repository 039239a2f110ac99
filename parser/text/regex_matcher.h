#ifndef PROMLITE_PARSER_TEXT_REGEX_MATCHER_H_
#define PROMLITE_PARSER_TEXT_REGEX_MATCHER_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"

namespace re2 {
class RE2;
}

namespace promlite::internal {

// A regular expression of a label matcher, as Prometheus 3 means it: Go's syntax, anchored at both
// ends, the dot matches newlines too; a byte of the value that is not UTF-8 is one character
// (U+FFFD), as in Go. Patterns that are only literals, or literals and `.*`, are recognised and
// answered without RE2; literals are compared byte by byte, and need not be UTF-8. Thread-safe.
class RegexMatcher {
 public:
  enum class Form {
    kLiterals,  // one or several literals, as in `a|b|c`: see literals()
    kPrefix,    // literal.*
    kSuffix,    // .*literal
    kContains,  // .*literal.*
    kAnything,  // .*
    kNonEmpty,  // .+
    kGeneral,   // anything else
  };

  // The errors are those of CompileGoRegex().
  static absl::StatusOr<std::shared_ptr<const RegexMatcher>> Compile(std::string_view pattern);

  ~RegexMatcher();
  RegexMatcher(const RegexMatcher&) = delete;
  RegexMatcher& operator=(const RegexMatcher&) = delete;

  bool Matches(std::string_view value) const;

  Form form() const { return form_; }
  // All the values that a pattern of kLiterals matches, without duplicates, in the pattern's order.
  // Of kPrefix, kSuffix and kContains the one literal.
  const std::vector<std::string>& literals() const { return literals_; }

 private:
  RegexMatcher();
  // Sets form and literals if the pattern is of a form that needs no more.
  bool IsAnsweredWithoutRe2(std::string_view pattern);

  Form form_ = Form::kGeneral;
  std::vector<std::string> literals_;
  absl::flat_hash_set<std::string> literal_set_;  // filled if there are many
  std::unique_ptr<const re2::RE2> re2_;           // kGeneral only
};

}  // namespace promlite::internal

#endif  // PROMLITE_PARSER_TEXT_REGEX_MATCHER_H_
