#ifndef PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_RANGE_ROW_READER_H_
#define PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_RANGE_ROW_READER_H_

#include <array>
#include <cstdint>
#include <memory>

#include "promlite/engine/blocks/series_set.h"
#include "promlite/engine/kernels/range_kernel.h"
#include "promlite/engine/promql/operator.h"
#include "promlite/engine/promql/operators/leaves/histogram_range_function.h"
#include "promlite/engine/promql/operators/leaves/range_source.h"
#include "promlite/engine/promql/windows.h"
#include "promlite/engine/run/step_grid.h"
#include "promlite/parser/promql/ast.h"
#include "promlite/parser/text/position.h"

namespace promlite::promql::internal {

// How the rows of a range function are filled.
struct RangeRowOptions {
  RangeKernel kernel;
  HistogramRangeFunction of_histograms = nullptr;
  RangeModifier modifier = RangeModifier::kNone;
  ReferenceTimes reference;
  StepGrid grid;
  int64_t range_ms = 0;
  int64_t before_ms = 0;
  int64_t after_ms = 0;
  // The scalar arguments, an element a step; null behind the last.
  std::array<const double*, RangeInput::kMaxParameters> parameters{};
  int64_t max_samples = 0;
  bool suspects_counter = false;
  bool suspects_quantile = false;
  bool checks_smoothing_factors = false;
  PositionRange range_position;
  PositionRange first_argument_position;
};

// The rows of a range function over the series of `source`: for each clock, once, which samples
// every step's range holds; then the kernel down each series. `series` are the labels of the rows.
std::unique_ptr<RowReader> MakeRangeRowReader(std::unique_ptr<RangeSource> source, SeriesSet series,
                                              RangeRowOptions options);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_OPERATORS_LEAVES_RANGE_ROW_READER_H_
