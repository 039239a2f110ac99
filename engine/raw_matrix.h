#ifndef PROMLITE_ENGINE_RAW_MATRIX_H_
#define PROMLITE_ENGINE_RAW_MATRIX_H_

#include <vector>

#include "absl/status/statusor.h"
#include "promlite/engine/exec_context.h"
#include "promlite/engine/query_durations.h"
#include "promlite/engine/query_result.h"
#include "promlite/parser/ast.h"

namespace promlite::internal {

// The instant query of a bare range selector: the samples themselves, without staleness markers.
// Under `anchored` and `smoothed`, with points made at both ends of the range.
absl::StatusOr<std::vector<ResultSeries>> EvaluateRangeSelector(const MatrixSelector& matrix,
                                                                ExecContext& context,
                                                                const QuerySettings& settings);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_RAW_MATRIX_H_
