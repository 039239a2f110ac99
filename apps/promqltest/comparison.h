#ifndef PROMLITE_APPS_PROMQLTEST_COMPARISON_H_
#define PROMLITE_APPS_PROMQLTEST_COMPARISON_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "promlite/apps/promqltest/script.h"
#include "promlite/engine/answer/query_result.h"

namespace promlite::promqltest {

// The reference's own tolerance: staleness markers equal only each other, NaN equals NaN, 0 equals
// only what is as good as 0; otherwise |a - b| / (|a| + |b|) is below 1e-6.
bool AlmostEqual(double a, double b);

// Holds a result against what `eval` expects of its values; the status says what differs.
absl::Status CompareResult(const EvalCommand& eval, const QueryResult& result);

// Holds the annotations against the `expect warn`, `no_warn`, `info` and `no_info` lines.
absl::Status CompareAnnotations(const EvalCommand& eval, const QueryResult& result);

}  // namespace promlite::promqltest

#endif  // PROMLITE_APPS_PROMQLTEST_COMPARISON_H_
