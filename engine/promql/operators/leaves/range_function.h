#ifndef PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_RANGE_FUNCTION_H_
#define PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_RANGE_FUNCTION_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "promlite/engine/kernels/range_kernels.h"
#include "promlite/engine/promql/operator.h"
#include "promlite/engine/promql/operators/leaves/range_argument.h"
#include "promlite/engine/promql/operators/leaves/range_source.h"
#include "promlite/engine/promql/windows.h"
#include "promlite/parser/promql/ast.h"

namespace promlite::promql::internal {

// `rate(x[5m])` and its kind: selector (or subquery) and function in one leaf. Inputs are the
// call's arguments, that of the range vector null or the subquery's block.
class RangeFunctionOperator final : public RowSource {
 public:
  // `kernels` are those of the call's Function::range_function().
  RangeFunctionOperator(const Call& call, size_t range_index, const RangeKernelSet& kernels,
                        RangeArgument argument);

  std::string Describe() const override;
  absl::StatusOr<std::unique_ptr<RowReader>> Open(
      ExecContext& context, const StepGrid& grid,
      std::span<const Block* const> inputs) const override;
  bool HasEqualSeries(ExecContext& context, const RowReader& reader) const override;
  bool EqualSeriesAreAnError() const override { return true; }

 private:
  absl::StatusOr<RangeKernel> ChooseKernel(const ExecContext& context) const;
  bool ReadsStartTimes(const ExecContext& context) const;
  PositionRange RangePosition() const;
  std::unique_ptr<RangeSource> OpenSource(const ExecContext& context,
                                          const ReferenceTimes& reference, int64_t before_ms,
                                          int64_t after_ms,
                                          std::span<const Block* const> inputs) const;
  std::optional<ReadingOrder> StatisticsOrder(const ExecContext& context, ReferenceTimes reference,
                                              int64_t after_ms) const;

  const Call& call_;
  const size_t range_index_;
  const RangeKernelSet& kernels_;
  const RangeArgument argument_;
};

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_RANGE_FUNCTION_H_
