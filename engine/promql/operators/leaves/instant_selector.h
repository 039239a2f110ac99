#ifndef PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_INSTANT_SELECTOR_H_
#define PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_INSTANT_SELECTOR_H_

#include <memory>
#include <string>
#include <vector>

#include "promlite/engine/promql/operator.h"
#include "promlite/parser/promql/ast.h"
#include "promlite/storage/labels/matcher.h"

namespace promlite::promql::internal {

// `metric{...}`: at each step the newest sample of each series that is no older than the lookback
// delta (and no staleness marker). Under `smoothed` the line between the samples before and after.
class InstantSelectorOperator final : public Operator {
 public:
  // `statistics_only`: see NoteHistogramStatistics().
  InstantSelectorOperator(const VectorSelector& selector, std::vector<Matcher> matchers,
                          int64_t offset_ms, SampleAspect aspect, bool statistics_only);

  std::string Describe() const override;
  bool GivesRows() const override { return true; }
  absl::StatusOr<std::unique_ptr<RowReader>> OpenRows(
      ExecContext& context, const StepGrid& grid,
      std::span<const Block* const> inputs) const override;

 private:
  const VectorSelector& selector_;
  const std::vector<Matcher> matchers_;
  const int64_t offset_ms_;
  const SampleAspect aspect_;
  const bool statistics_only_;
};

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_INSTANT_SELECTOR_H_
