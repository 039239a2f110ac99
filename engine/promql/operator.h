#ifndef PROMLITE_ENGINE_PROMQL_OPERATOR_H_
#define PROMLITE_ENGINE_PROMQL_OPERATOR_H_

#include <memory>
#include <span>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "promlite/engine/blocks/block.h"
#include "promlite/engine/run/exec_context.h"
#include "promlite/engine/run/step_grid.h"
#include "promlite/parser/promql/namespaces.h"

namespace promlite::promql::internal {

// One node of a plan: an immutable description of what is to be done with the blocks of its inputs.
// Errors are execution errors of the query (FailedPrecondition, with Prometheus' message), or the
// budget's.
class Operator {
 public:
  virtual ~Operator() = default;

  // One line for \explain, such as "sum by (model)".
  virtual std::string Describe() const = 0;

  // What is wrong with it whatever its inputs are. Prometheus 3 says so before it evaluates them,
  // Prometheus 2 after: of two errors in a query only the first is told.
  virtual absl::Status Check() const { return absl::OkStatus(); }

  // The whole result on `grid`, from the inputs' results. An input is null where the plan has no
  // block to hand on (a string literal, a range vector that the operator reads by itself).
  // REQUIRES: Check() is OK.
  virtual absl::StatusOr<Block> Evaluate(ExecContext& context, const StepGrid& grid,
                                         std::span<const Block* const> inputs) const = 0;
};

// The rows of an operator, filled on demand and in any order: what a fold (sum, max, ...) consumes
// batch by batch, so that its input never stands in memory as a whole.
class RowReader {
 public:
  virtual ~RowReader() = default;

  virtual const SeriesSet& series() const = 0;
  // Whether any row may have histograms.
  virtual bool MayHaveHistograms() const { return false; }
  // Fills row `first_row + (i - begin)` of `block`, which is absent so far, with series i, for i in
  // [begin, end). Thread-safe for disjoint rows.
  virtual void Fill(size_t begin, size_t end, Block* block, size_t first_row) = 0;
  // After the last Fill(): raises the annotations that the rows earned, and the errors.
  virtual absl::Status Finish(ExecContext& context) = 0;
};

// Fills rows [first_row, first_row + end - begin) of `block` with series [begin, end), side by side
// on the query's threads.
void FillRows(ExecContext& context, RowReader& reader, size_t begin, size_t end, Block* block,
              size_t first_row);

// An operator that can hand out its rows one by one: a selector, or a range function over one.
class RowSource : public Operator {
 public:
  virtual absl::StatusOr<std::unique_ptr<RowReader>> Open(
      ExecContext& context, const StepGrid& grid, std::span<const Block* const> inputs) const = 0;
  // Rows of equal labels have to be merged, or to be an error, before anything else sees them (a
  // range function has dropped the names of several metrics): the rows cannot be streamed.
  virtual bool HasEqualSeries(ExecContext& context, const RowReader& reader) const = 0;
  // Whether such rows are an error in any case, not merged where they never have a sample at the
  // same step.
  virtual bool EqualSeriesAreAnError() const { return false; }

  // Opens, fills all rows, and merges those of equal labels.
  absl::StatusOr<Block> Evaluate(ExecContext& context, const StepGrid& grid,
                                 std::span<const Block* const> inputs) const override;
  absl::StatusOr<Block> ReadAll(ExecContext& context, const StepGrid& grid,
                                RowReader& reader) const;
};

// What a row's histograms cost as Prometheus counts samples.
int64_t HistogramSizeInSamples(const Block& block, size_t row);

// How many series a batch of rows holds.
size_t BatchRows(const ExecContext& context, const StepGrid& grid);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_OPERATOR_H_
