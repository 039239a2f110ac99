#ifndef PROMLITE_ENGINE_PROMQL_OPERATOR_H_
#define PROMLITE_ENGINE_PROMQL_OPERATOR_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "promlite/engine/blocks/block.h"
#include "promlite/engine/run/query_context.h"
#include "promlite/parser/promql/namespaces.h"

namespace promlite::promql::internal {

// What is to be done with rows of equal labels before anything else sees them: a range function may
// have dropped the names of several metrics.
enum class EqualSeries {
  kNone,    // nothing: there are none, or they may stand side by side
  kMerge,   // they become one where they never have a sample at the same step; else an error
  kRefuse,  // an error, unless all but one are empty, as in Prometheus 2.42
};

// The rows of an operator, filled on demand and in any order: what a fold (sum, max, ...) consumes
// batch by batch, so that its input never stands in memory as a whole.
class RowReader {
 public:
  virtual ~RowReader() = default;

  virtual const SeriesSet& series() const = 0;
  // Unless kNone, the rows must be read as a whole.
  virtual EqualSeries equal_series() const { return EqualSeries::kNone; }
  // Whether any row may have histograms.
  virtual bool MayHaveHistograms() const { return false; }
  // Fills row `first_row + (i - begin)` of `block`, which is absent so far, with series i, for i in
  // [begin, end). Thread-safe for disjoint rows.
  virtual void Fill(size_t begin, size_t end, Block* block, size_t first_row) = 0;
  // After the last Fill(): raises the annotations that the rows earned, and the errors.
  virtual absl::Status Finish(ExecContext& context) = 0;
};

// One node of a plan: an immutable description of what is to be done with its inputs. Every
// operator can hand on a whole block. Some can hand out their rows one by one as well, and some can
// take those of their first input so: the plan decides where a node's rows go straight into its
// consumer. Errors are execution errors of the query (FailedPrecondition, with Prometheus'
// message), or the budget's.
class Operator {
 public:
  virtual ~Operator() = default;

  // One line for \explain, such as "sum by (model)".
  virtual std::string Describe() const = 0;

  // What is wrong with it whatever its inputs are. Prometheus 3 says so before it evaluates them,
  // Prometheus 2 after: of two errors in a query only the first is told.
  virtual absl::Status Check() const { return absl::OkStatus(); }

  // The whole result on `grid`, from the inputs' results. An input is null where the plan has no
  // block to hand on (a string literal, a range vector that the operator reads by itself). By
  // default: all rows that OpenRows() gives.
  // REQUIRES: Check() is OK.
  virtual absl::StatusOr<Block> Evaluate(ExecContext& context, const StepGrid& grid,
                                         std::span<const Block* const> inputs) const;

  // Whether it can hand out its rows one by one: a selector, or a range function. It then has
  // OpenRows(), whose result refers to the operator and its inputs.
  virtual bool GivesRows() const { return false; }
  virtual absl::StatusOr<std::unique_ptr<RowReader>> OpenRows(
      ExecContext& context, const StepGrid& grid, std::span<const Block* const> inputs) const;

  // Whether it can take the rows of its first input one after the other, without a block of them.
  // It then has EvaluateRows(), whose answer is that of Evaluate() to the bit. `inputs[0]` is null.
  virtual bool TakesRows() const { return false; }
  virtual absl::StatusOr<Block> EvaluateRows(ExecContext& context, const StepGrid& grid,
                                             RowReader& rows,
                                             std::span<const Block* const> inputs) const;
};

// The block of all rows of a reader, those of equal labels treated as it says.
absl::StatusOr<Block> ReadAllRows(ExecContext& context, const StepGrid& grid, RowReader& rows);

// Fills all rows of a reader batch by batch and calls take(batch, first, count) for each: series
// [first, first + count) are the first rows of `batch`, until take() returns.
absl::Status ForEachBatch(
    ExecContext& context, const StepGrid& grid, RowReader& rows,
    absl::FunctionRef<void(const Block& batch, size_t first, size_t count)> take);

// What a row's histograms cost as Prometheus counts samples.
int64_t HistogramSizeInSamples(const Block& block, size_t row);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_OPERATOR_H_
