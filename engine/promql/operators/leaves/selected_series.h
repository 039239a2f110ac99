#ifndef PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_SELECTED_SERIES_H_
#define PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_SELECTED_SERIES_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "promlite/engine/blocks/block.h"
#include "promlite/engine/kernels/windows.h"
#include "promlite/engine/run/query_context.h"
#include "promlite/parser/promql/namespaces.h"
#include "promlite/storage/labels/matcher.h"
#include "promlite/storage/metrics/snapshot.h"

namespace promlite::promql::internal {

// The series that a selector finds and that have, by the look of their first and last sample, any
// in [min_ms, max_ms]. In label order.
struct SelectedSeries {
  std::vector<SeriesId> ids;
  SeriesSet labels;
};
SelectedSeries SelectSeries(const ExecContext& context, const std::vector<Matcher>& matchers,
                            int64_t min_ms, int64_t max_ms);

// The windows of a series, kept for the next one that shares its clock.
class WindowClock {
 public:
  // Whether the windows are those of these samples too.
  bool Shows(const SamplesView& samples) const {
    return samples.column != 0 && samples.column == column_ &&
           samples.column_offset == column_offset_ && samples.size == size_;
  }

  // REQUIRES: some samples.
  void Set(const SamplesView& samples, const ReferenceTimes& reference, int64_t before_ms,
           int64_t after_ms) {
    column_ = samples.column;
    column_offset_ = samples.column_offset;
    size_ = samples.size;
    span_ = LiveSteps(reference, before_ms, after_ms, samples.times[0],
                      samples.times[samples.size - 1]);
    ComputeWindows(samples.times, samples.size, reference, before_ms, after_ms, span_, &windows_);
  }

  // The steps whose range may hold a sample, and a window for each.
  StepSpan span() const { return span_; }
  const Window* windows() const { return windows_.data(); }

 private:
  uint64_t column_ = 0;
  size_t column_offset_ = 0;
  size_t size_ = 0;
  StepSpan span_;
  std::vector<Window> windows_;
};

// The steps whose range may hold one of a series' histograms, and a window of them for each.
// REQUIRES: some histograms, in time order.
struct StepWindows {
  StepSpan span;
  std::vector<Window> windows;
};
StepWindows HistogramWindows(const std::vector<HistogramSample>& histograms,
                             const ReferenceTimes& reference, int64_t before_ms, int64_t after_ms);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_SELECTED_SERIES_H_
