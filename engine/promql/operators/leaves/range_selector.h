#ifndef PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_RANGE_SELECTOR_H_
#define PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_RANGE_SELECTOR_H_

#include <vector>

#include "absl/status/statusor.h"
#include "promlite/engine/answer/query_result.h"
#include "promlite/engine/promql/operators/leaves/range_vector.h"
#include "promlite/engine/run/query_context.h"

namespace promlite::promql::internal {

// The instant query of a range selector alone (`x[5m]`): the samples themselves, without staleness
// markers, in label order. Under `anchored` and `smoothed`, with points made at both ends of the
// range. REQUIRES: a selector's range vector, of one step.
absl::StatusOr<std::vector<ResultSeries>> ReadRangeSelector(const RangeVector& range,
                                                            ExecContext& context);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_RANGE_SELECTOR_H_
