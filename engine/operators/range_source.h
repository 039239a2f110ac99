#ifndef PROMLITE_ENGINE_OPERATORS_RANGE_SOURCE_H_
#define PROMLITE_ENGINE_OPERATORS_RANGE_SOURCE_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "promlite/engine/block.h"
#include "promlite/engine/exec_context.h"
#include "promlite/engine/operators/selected_series.h"
#include "promlite/engine/series_set.h"
#include "promlite/engine/step_grid.h"
#include "promlite/storage/snapshot.h"

namespace promlite::internal {

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
};

// The samples in [min_ms, max_ms] of selected series.
std::unique_ptr<RangeSource> MakeStorageRangeSource(const ExecContext& context,
                                                    SelectedSeries selected, int64_t min_ms,
                                                    int64_t max_ms,
                                                    Snapshot::StartTimes start_times);

// The rows of a block on `grid`: a present cell is a sample at its step's time. `block` outlives
// the source.
std::unique_ptr<RangeSource> MakeBlockRangeSource(const Block& block, const StepGrid& grid);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_OPERATORS_RANGE_SOURCE_H_
