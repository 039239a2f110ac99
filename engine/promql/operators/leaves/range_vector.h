#ifndef PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_RANGE_VECTOR_H_
#define PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_RANGE_VECTOR_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "promlite/engine/blocks/block.h"
#include "promlite/engine/kernels/range_kernels.h"
#include "promlite/engine/kernels/windows.h"
#include "promlite/engine/promql/operator.h"
#include "promlite/engine/promql/operators/leaves/histogram_statistics.h"
#include "promlite/engine/promql/operators/leaves/selected_series.h"
#include "promlite/engine/run/query_context.h"
#include "promlite/parser/promql/ast.h"
#include "promlite/parser/text/milliseconds.h"
#include "promlite/storage/labels/matcher.h"
#include "promlite/storage/metrics/snapshot.h"

namespace promlite::promql::internal {

// `x[5m]` or `x[5m:1m]` with all that the query's settings and the steps that it is asked at make
// of it: at each step the samples of a range, from storage or from the rows of a subquery's
// expression.
struct RangeVector {
  // The range of a step is (reference - range, reference].
  ReferenceTimes reference;
  int64_t range_ms = 0;
  RangeModifier modifier = RangeModifier::kNone;
  // Looked at are the samples with times in (reference - before, reference + after]. Under
  // `anchored` and `smoothed` that reaches beyond the range; Prometheus 2.42's ranges, closed on
  // the left, are those of `before` one millisecond longer.
  int64_t before_ms = 0;
  int64_t after_ms = 0;
  // Where annotations about the range point to. Prometheus has lost a subquery's place by the time
  // it raises them, and points to the beginning of the query.
  PositionRange position;
  // Which series a selector finds; empty for a subquery.
  std::vector<Matcher> matchers;
  bool statistics_only = false;  // see NoteHistogramStatistics()
  // The steps of a subquery's expression; absent for a selector.
  std::optional<StepGrid> subquery_grid;

  // The first and the last time that any step looks at.
  int64_t min_ms() const {
    return AddMilliseconds(SubtractMilliseconds(reference.first_ms, before_ms), 1);
  }
  int64_t max_ms() const { return AddMilliseconds(reference.last_ms(), after_ms); }
};

// What a range vector is at the steps of `grid`. InvalidArgument for a duration or a regular
// expression that cannot be.
absl::StatusOr<RangeVector> SelectorRange(const MatrixSelector& matrix, const StepGrid& grid,
                                          const QuerySettings& settings);
// With the steps of the subquery's expression: multiples of its step within the ranges of all steps
// of `grid`.
absl::StatusOr<RangeVector> SubqueryRange(const SubqueryExpr& subquery, const StepGrid& grid,
                                          const QuerySettings& settings);

// A function applied to a range vector. The call outlives it.
struct RangeCall {
  const Call& call;
  size_t range_index = 0;  // which of the call's arguments is the range vector
  // Those of the call's Function::range_function().
  const RangeKernelSet& kernels;
  RangeVector range;
};

// Whether the function takes ranges with the modifier.
bool Allows(const Function& function, RangeModifier modifier);

// "smoothed modifier can only be used with: delta, increase, rate": what Prometheus says where
// another function meets the modifier. REQUIRES: not kNone.
std::string AllowedFunctions(RangeModifier modifier);

// "rate of x[5m]": the call of a function on a selector's range, for \explain.
std::string DescribeRangeCall(const RangeCall& call);

// Scratch memory of one thread that reads a RangeSource.
struct RangeScratch {
  SampleBuffer samples;
  SampleBuffer copied;
};

// Where a range function finds the samples of its series: in storage, or in the rows of a
// subquery's block. The function's kernels do not see the difference.
class RangeSource {
 public:
  virtual ~RangeSource() = default;

  virtual const SeriesSet& series() const = 0;
  // The samples of series `index`, without staleness markers. Thread-safe with a scratch each.
  virtual SamplesView Read(size_t index, RangeScratch* scratch) const = 0;

  // The side channel of native histograms. Whether any series, and whether series `index`, may have
  // some: cheap.
  virtual bool AnyHistograms() const = 0;
  virtual bool HasHistograms(size_t index) const = 0;
  // The histograms of a series in time order, without staleness markers. Thread-safe.
  virtual std::vector<HistogramSample> ReadHistograms(size_t index) const = 0;
};

struct RangeReading {
  int64_t min_ms = 0;
  int64_t max_ms = 0;
  // Of numbers and histograms; skipped, they are unknown.
  Snapshot::StartTimes start_times = Snapshot::StartTimes::kSkip;
  // Histograms without buckets, if given (see NoteHistogramStatistics()).
  std::optional<ReadingOrder> statistics = std::nullopt;
};

// The samples in [min_ms, max_ms] of selected series.
std::unique_ptr<RangeSource> MakeStorageRangeSource(const ExecContext& context,
                                                    SelectedSeries selected,
                                                    const RangeReading& reading);

// The rows of a block on `grid`: a present cell is a sample at its step's time. What the hints of
// histograms say of the sample before does not hold between steps: they become unknown, but for
// gauges. `block` outlives the source.
std::unique_ptr<RangeSource> MakeBlockRangeSource(const Block& block, const StepGrid& grid);

// What Prometheus holds while it applies a range function to one series, in samples.
struct RangeSamples {
  size_t results = 0;
  size_t largest_range = 0;
  size_t last_range = 0;  // at the last step
};

// The rows of a function applied to ranges, one for each series that is read. Who fills a row notes
// what Prometheus would have held meanwhile, and what is to be raised.
class RangeCallReader : public RowReader {
 public:
  // `selected` are the labels of the series that are read.
  RangeCallReader(const RangeCall& call, const SeriesSet& selected, const ExecContext& context);

  const SeriesSet& series() const final { return series_; }
  EqualSeries equal_series() const final { return equal_series_; }

  // Series after series, Prometheus holds the results so far and the samples of one range, the last
  // one's until the next series: ResourceExhausted where that is too much. Then raises what the
  // rows noted, and suspects the metrics of functions that expect counters of not being one.
  absl::Status Finish(ExecContext& context) override;

 protected:
  // Of series `index`: to be noted with its row.
  RangeSamples& held(size_t index) { return held_[index]; }

  const Function& function_;
  const RangeVector& range_;

 private:
  // The labels of series `index`, with the metric's name.
  virtual SymbolPairs SelectedLabels(size_t index) const = 0;
  // Raises what was noted of series `index`.
  virtual absl::Status Raise(size_t index, std::string_view metric_name,
                             Annotations* annotations) const = 0;

  absl::Status CheckSampleLimit(const QueryBudget& budget) const;

  const SeriesSet series_;
  const EqualSeries equal_series_;
  std::vector<RangeSamples> held_;  // one a series
};

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_RANGE_VECTOR_H_
