#ifndef PROMLITE_STORAGE_LABELS_MATCHER_H_
#define PROMLITE_STORAGE_LABELS_MATCHER_H_

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "promlite/parser/text/export.h"

namespace promlite {

namespace internal {
class RegexMatcher;
}

// A compiled label matcher: which values of one label it accepts. A series without the label has
// the empty value. Copies share the compiled regular expression; safe to use from many threads.
class PROMLITE_EXPORT Matcher {
 public:
  enum class Type { kEqual, kNotEqual, kRegexMatch, kRegexNoMatch };

  // Regular expressions are RE2, anchored at both ends, their dot matching newlines. One that does
  // not compile is InvalidArgument with Prometheus' words: "error parsing regexp: ...".
  static absl::StatusOr<Matcher> Create(Type type, std::string name, std::string value);

  // The same, for a type of regular expressions, with what `value` was compiled into already.
  static Matcher WithRegex(Type type, std::string name, std::string value,
                           std::shared_ptr<const internal::RegexMatcher> regex);

  Type type() const { return type_; }
  const std::string& name() const { return name_; }
  const std::string& value() const { return value_; }

  bool Matches(std::string_view value) const;
  bool MatchesEmpty() const { return Matches(std::string_view()); }

  // Set for the two regular expression types; tells which literals, prefixes and alternatives the
  // pattern amounts to.
  const internal::RegexMatcher* regex() const { return regex_.get(); }

 private:
  Matcher(Type type, std::string name, std::string value);

  Type type_;
  std::string name_;
  std::string value_;
  std::shared_ptr<const internal::RegexMatcher> regex_;
};

}  // namespace promlite

#endif  // PROMLITE_STORAGE_LABELS_MATCHER_H_
