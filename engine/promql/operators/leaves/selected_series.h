#ifndef PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_SELECTED_SERIES_H_
#define PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_SELECTED_SERIES_H_

#include <cstdint>
#include <vector>

#include "promlite/engine/blocks/series_set.h"
#include "promlite/engine/run/exec_context.h"
#include "promlite/parser/promql/namespaces.h"
#include "promlite/storage/labels/matcher.h"

namespace promlite::promql::internal {

// The series that a selector finds and that have, by the look of their first and last sample, any
// in [min_ms, max_ms]. In label order.
struct SelectedSeries {
  std::vector<SeriesId> ids;
  SeriesSet labels;
};
SelectedSeries SelectSeries(const ExecContext& context, const std::vector<Matcher>& matchers,
                            int64_t min_ms, int64_t max_ms);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_SELECTED_SERIES_H_
