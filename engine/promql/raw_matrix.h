#ifndef PROMLITE_ENGINE_PROMQL_RAW_MATRIX_H_
#define PROMLITE_ENGINE_PROMQL_RAW_MATRIX_H_

#include <vector>

#include "absl/status/statusor.h"
#include "promlite/engine/answer/query_result.h"
#include "promlite/engine/promql/plan/query_durations.h"
#include "promlite/engine/run/exec_context.h"
#include "promlite/parser/promql/ast.h"

namespace promlite::promql::internal {

// The instant query of a bare range selector: the samples themselves, without staleness markers.
// Under `anchored` and `smoothed`, with points made at both ends of the range.
absl::StatusOr<std::vector<ResultSeries>> EvaluateRangeSelector(const MatrixSelector& matrix,
                                                                ExecContext& context,
                                                                const QuerySettings& settings);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_RAW_MATRIX_H_
