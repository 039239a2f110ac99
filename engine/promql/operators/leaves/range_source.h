#ifndef PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_RANGE_SOURCE_H_
#define PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_RANGE_SOURCE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "promlite/engine/blocks/block.h"
#include "promlite/engine/blocks/series_set.h"
#include "promlite/engine/promql/operators/leaves/histogram_statistics.h"
#include "promlite/engine/promql/operators/leaves/selected_series.h"
#include "promlite/engine/run/exec_context.h"
#include "promlite/engine/run/step_grid.h"
#include "promlite/storage/metrics/snapshot.h"

namespace promlite::promql::internal {

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
  Snapshot::StartTimes start_times = Snapshot::StartTimes::kSkip;
  // Skipped, they are unknown.
  Snapshot::StartTimes histogram_start_times = Snapshot::StartTimes::kSkip;
  // Histograms without buckets, if given (see StatisticsSelectors()).
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

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_RANGE_SOURCE_H_
