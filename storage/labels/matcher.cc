#include "promlite/storage/labels/matcher.h"

#include <utility>

#include "promlite/parser/text/regex_matcher.h"

namespace promlite {

Matcher::Matcher(Type type, std::string name, std::string value)
    : type_(type), name_(std::move(name)), value_(std::move(value)) {}

absl::StatusOr<Matcher> Matcher::Create(Type type, std::string name, std::string value) {
  Matcher matcher(type, std::move(name), std::move(value));
  if (type == Type::kRegexMatch || type == Type::kRegexNoMatch) {
    auto regex = internal::RegexMatcher::Compile(matcher.value_);
    if (!regex.ok()) return regex.status();
    matcher.regex_ = *std::move(regex);
  }
  return matcher;
}

Matcher Matcher::WithRegex(Type type, std::string name, std::string value,
                           std::shared_ptr<const internal::RegexMatcher> regex) {
  Matcher matcher(type, std::move(name), std::move(value));
  matcher.regex_ = std::move(regex);
  return matcher;
}

bool Matcher::Matches(std::string_view value) const {
  switch (type_) {
    case Type::kEqual:
      return value == value_;
    case Type::kNotEqual:
      return value != value_;
    case Type::kRegexMatch:
      return regex_->Matches(value);
    case Type::kRegexNoMatch:
      return !regex_->Matches(value);
  }
  return false;
}

}  // namespace promlite
