#ifndef PROMLITE_ENGINE_PROMQL_OPERATORS_AGGREGATION_LIMIT_H_
#define PROMLITE_ENGINE_PROMQL_OPERATORS_AGGREGATION_LIMIT_H_

#include <span>

#include "promlite/engine/promql/operators/aggregation/aggregate.h"

namespace promlite::promql::internal {

// limitk: at each step the first k samples of each group, in the order of the input.
class LimitkOperator final : public AggregateOperator {
 public:
  using AggregateOperator::AggregateOperator;

  absl::StatusOr<Block> Evaluate(ExecContext& context, const StepGrid& grid,
                                 std::span<const Block* const> inputs) const override;
};

// limit_ratio: at each step the samples of about that share of all series, chosen by a hash of
// their labels. The shares r and r - 1 make up the whole.
class LimitRatioOperator final : public AggregateOperator {
 public:
  using AggregateOperator::AggregateOperator;

  absl::StatusOr<Block> Evaluate(ExecContext& context, const StepGrid& grid,
                                 std::span<const Block* const> inputs) const override;
};

// Where a series stands between 0 and 1: xxHash64 of its labels over 2^64 - 1. Hashed is, for each
// label in order, the length of its name, the name, the length of its value, the value; a length is
// one byte below 255, else the byte 255 and three bytes, the lowest first.
double SampleOffset(const QuerySymbols& symbols, SymbolPairs labels);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_OPERATORS_AGGREGATION_LIMIT_H_
