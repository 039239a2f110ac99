#ifndef PROMLITE_ENGINE_PROMQL_OPERATORS_AGGREGATION_QUANTILE_SUSPICION_H_
#define PROMLITE_ENGINE_PROMQL_OPERATORS_AGGREGATION_QUANTILE_SUSPICION_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "promlite/engine/blocks/block.h"
#include "promlite/engine/run/query_context.h"
#include "promlite/parser/promql/namespaces.h"
#include "promlite/parser/text/position.h"

namespace promlite::promql::internal {

// quantile_over_time warns of quantiles outside of [0, 1] at the steps at which a series has
// samples. Rows report their steps from several threads.
class QuantileSuspicion {
 public:
  // `quantiles` has an element a step, or is null.
  QuantileSuspicion(const double* quantiles, size_t steps);

  void Look(const Block& block, size_t row);
  void Warn(ExecContext& context, PositionRange position) const;

 private:
  const double* const quantiles_;
  const size_t steps_;
  std::vector<std::atomic<uint64_t>> used_;  // bits; empty if all quantiles are valid
};

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_OPERATORS_AGGREGATION_QUANTILE_SUSPICION_H_
