#ifndef PROMLITE_ENGINE_PROMQL_SELECTOR_H_
#define PROMLITE_ENGINE_PROMQL_SELECTOR_H_

#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "promlite/parser/text/export.h"
#include "promlite/storage/labels/matcher.h"

namespace promlite::promql {

// The matchers of a selector such as `up{job="node"}`, for Database::Series() and its like; range,
// offset and @ have no meaning there. InvalidArgument, with ErrorPosition() where it has one, for
// what is no selector and for a regular expression that does not compile.
PROMLITE_EXPORT absl::StatusOr<std::vector<Matcher>> ParseSelector(std::string_view text);

}  // namespace promlite::promql

#endif  // PROMLITE_ENGINE_PROMQL_SELECTOR_H_
