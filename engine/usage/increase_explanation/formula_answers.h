#ifndef PROMLITE_ENGINE_USAGE_INCREASE_EXPLANATION_FORMULA_ANSWERS_H_
#define PROMLITE_ENGINE_USAGE_INCREASE_EXPLANATION_FORMULA_ANSWERS_H_

#include <atomic>
#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "promlite/engine/run/query_context.h"
#include "promlite/engine/usage/increase_explanation/increase_explanation.h"
#include "promlite/parser/promql/ast.h"
#include "promlite/storage/metrics/snapshot.h"

namespace promlite::internal {

// Fills in what max - min, anchored, smoothed and exact answer, in the place of the call of rate,
// increase or delta, by queries of the engine's own on the context's snapshot, options and instant.
// `explanation` has its function; `ids` are the series that it holds, both in label order.
absl::Status AnswerOtherFormulas(const ExecContext& context, const std::atomic<bool>* cancelled,
                                 const promql::Call& call, int64_t range_ms,
                                 const std::vector<SeriesId>& ids,
                                 IncreaseExplanation* explanation);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_USAGE_INCREASE_EXPLANATION_FORMULA_ANSWERS_H_
