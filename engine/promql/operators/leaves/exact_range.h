#ifndef PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_EXACT_RANGE_H_
#define PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_EXACT_RANGE_H_

#include <memory>
#include <span>
#include <string>

#include "promlite/engine/promql/operator.h"
#include "promlite/engine/promql/operators/leaves/range_vector.h"

namespace promlite::promql::internal {

// `increase(x[1d] exact)`: what each stream of a series counted, added up in the order of their
// starts, compensated as by sum. A stream is what one process sent (labels + start timestamp), so
// that several writers of one series do not look like resets of each other. Nothing is
// extrapolated: a count happens at the sample that reports it, and the first sample counts from
// zero where the stream's start is known to lie before it, from its own value where not (an info).
// A start more than the lookback delta before the first sample is an info too: the recording began
// late. Present where a sample lies in the range. Native histograms have no result (a warning).
class ExactRangeOperator final : public Operator {
 public:
  // REQUIRES: a selector as argument, and an exact kernel.
  explicit ExactRangeOperator(RangeCall call);

  std::string Describe() const override;
  bool GivesRows() const override { return true; }
  absl::StatusOr<std::unique_ptr<RowReader>> OpenRows(
      ExecContext& context, const StepGrid& grid,
      std::span<const Block* const> inputs) const override;

 private:
  const RangeCall call_;
};

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_EXACT_RANGE_H_
