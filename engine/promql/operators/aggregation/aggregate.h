#ifndef PROMLITE_ENGINE_PROMQL_OPERATORS_AGGREGATION_AGGREGATE_H_
#define PROMLITE_ENGINE_PROMQL_OPERATORS_AGGREGATION_AGGREGATE_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "promlite/engine/blocks/block.h"
#include "promlite/engine/blocks/grouping.h"
#include "promlite/engine/promql/operator.h"
#include "promlite/parser/promql/ast.h"

namespace promlite::promql::internal {

// An aggregation over groups of series. Inputs: the vector and, where the aggregation has one that
// is a scalar, the parameter's block.
class AggregateOperator : public Operator {
 public:
  explicit AggregateOperator(const AggregateExpr& expr) : expr_(expr) {}

  std::string Describe() const override;

 protected:
  // `by` or `without`, as the expression says.
  Grouping MakeGrouping(ExecContext& context) const;

  const AggregateExpr& expr_;
};

// An aggregation that takes in the rows of its first input one after the other, in their order,
// whatever the batches: a block is one batch of all its rows.
class RowAggregateOperator : public AggregateOperator {
 public:
  using AggregateOperator::AggregateOperator;

  absl::StatusOr<Block> Evaluate(ExecContext& context, const StepGrid& grid,
                                 std::span<const Block* const> inputs) const final;
  bool TakesRows() const final { return true; }
  absl::StatusOr<Block> EvaluateRows(ExecContext& context, const StepGrid& grid, RowReader& rows,
                                     std::span<const Block* const> inputs) const final;

 protected:
  // Takes in series [first, first + count), which are the first rows of `rows`.
  using TakeRows = absl::FunctionRef<void(const Block& rows, size_t first, size_t count)>;
  // Calls it for all series, in their order.
  using ReadRows = absl::FunctionRef<absl::Status(TakeRows take)>;

 private:
  // `series` are those of the first input, whose rows `read` reads once. `parameter` is the second
  // input's block, null for an aggregation without.
  virtual absl::StatusOr<Block> Aggregate(ExecContext& context, const StepGrid& grid,
                                          const SeriesSet& series, ReadRows read,
                                          const Block* parameter) const = 0;
};

// Which groups of an aggregation carry the mark that their metric name goes at the end (delayed
// name removal): those of which a marked series has a sample at the group's last step. So in
// Prometheus, where every step decides anew and the last one stays.
class GroupNameMarks {
 public:
  explicit GroupNameMarks(size_t groups) : groups_(groups) {}

  // Every row of the group, in any order.
  void Note(uint32_t group, bool marked, const Block& rows, size_t row) {
    StepSpan span = rows.span(row);
    while (!span.empty() && !rows.present(row, span.end - 1)) --span.end;
    size_t end = span.empty() ? 0 : span.end;
    const auto histograms = rows.histograms(row);
    if (!histograms.empty()) end = std::max<size_t>(end, histograms.back().step + 1);
    if (end == 0) return;
    Ends& ends = groups_[group];
    ends.any = std::max(ends.any, end);
    if (marked) ends.marked = std::max(ends.marked, end);
  }

  bool IsMarked(size_t group) const {
    return groups_[group].marked != 0 && groups_[group].marked == groups_[group].any;
  }

 private:
  // One past the last step with a sample.
  struct Ends {
    size_t any = 0;
    size_t marked = 0;
  };
  std::vector<Ends> groups_;
};

// The info that an aggregation of numbers had histograms among its samples.
void InfoIgnoredHistogram(std::string_view aggregation, PositionRange position,
                          ExecContext& context);

// The operator for an aggregation: one of the files beside this one, or, for sum, avg, count, min,
// max, group, stddev and stdvar, a fold. `expr` outlives it.
std::unique_ptr<Operator> MakeAggregate(const AggregateExpr& expr);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_OPERATORS_AGGREGATION_AGGREGATE_H_
