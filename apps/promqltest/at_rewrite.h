#ifndef PROMLITE_APPS_PROMQLTEST_AT_REWRITE_H_
#define PROMLITE_APPS_PROMQLTEST_AT_REWRITE_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace promlite::promqltest {

// The query with `@ time` behind every selector and subquery that has none, but for those inside a
// subquery, which its own @ fixes: at whatever time it is evaluated, the answer must then be that
// of the query at `time`. Nothing if a function in it depends on the evaluation time itself.
absl::StatusOr<std::optional<std::string>> RewriteWithAt(std::string_view query, absl::Time time);

}  // namespace promlite::promqltest

#endif  // PROMLITE_APPS_PROMQLTEST_AT_REWRITE_H_
