#include "promlite/engine/promql/functions/histogram_numbers.h"

#include <cmath>
#include <utility>
#include <vector>

#include "promlite/engine/histograms/quantile.h"
#include "promlite/engine/promql/functions/rows.h"

namespace promlite::promql::internal {
namespace {

template <typename Function>
absl::StatusOr<Block> MapHistograms(const FunctionCall& call, Function function) {
  const Block& in = *call.arguments[0];
  Block out(DropMetricName(in.series, call.context), in.steps());
  for (size_t row = 0; row < in.rows(); ++row) {
    for (const HistogramCell& cell : in.histograms(row)) {
      out.Set(row, cell.step, function(*cell.histogram));
    }
  }
  return WithoutNames(call.context, std::move(out));
}

}  // namespace

absl::StatusOr<Block> HistogramCount(const FunctionCall& call) {
  return MapHistograms(call, [](const Histogram& h) { return h.count; });
}

absl::StatusOr<Block> HistogramSum(const FunctionCall& call) {
  return MapHistograms(call, [](const Histogram& h) { return h.sum; });
}

absl::StatusOr<Block> HistogramAvg(const FunctionCall& call) {
  return MapHistograms(call, [](const Histogram& h) { return h.sum / h.count; });
}

absl::StatusOr<Block> HistogramStddev(const FunctionCall& call) {
  return MapHistograms(call, [](const Histogram& h) { return std::sqrt(HistogramVariance(h)); });
}

absl::StatusOr<Block> HistogramStdvar(const FunctionCall& call) {
  return MapHistograms(call, HistogramVariance);
}

}  // namespace promlite::promql::internal
