#ifndef PROMLITE_PARSER_TEXT_REGEX_CHECK_H_
#define PROMLITE_PARSER_TEXT_REGEX_CHECK_H_

#include <string_view>

#include "absl/status/statusor.h"

namespace promlite::internal {

// Whether the pattern of a =~ or !~ matcher, anchored at both ends as Prometheus does, matches the
// empty string. A pattern that Prometheus refuses is InvalidArgument with Go's text: "error parsing
// regexp: missing closing ): `(a`".
absl::StatusOr<bool> RegexMatchesEmpty(std::string_view pattern);

}  // namespace promlite::internal

#endif  // PROMLITE_PARSER_TEXT_REGEX_CHECK_H_
