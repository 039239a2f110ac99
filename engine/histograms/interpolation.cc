#include "promlite/engine/histograms/interpolation.h"

#include "promlite/engine/histograms/arithmetic.h"
#include "promlite/engine/kernels/each_window.h"

namespace promlite::internal {

std::optional<Histogram> InterpolateHistograms(const HistogramSample& a, const HistogramSample& b,
                                               int64_t at_ms, HistogramKind kind,
                                               HistogramFindings* findings) {
  if (at_ms == a.timestamp_ms) return *a.histogram;
  if (at_ms == b.timestamp_ms) return *b.histogram;
  const double fraction = MillisecondsBetween(a.timestamp_ms, at_ms) /
                          MillisecondsBetween(a.timestamp_ms, b.timestamp_ms);
  Histogram result = *b.histogram;
  if (kind == HistogramKind::kCounter && DetectReset(*b.histogram, *a.histogram)) {
    MultiplyHistogram(fraction, &result);
    return result;
  }
  const HistogramMerge difference = SubtractHistogram(*a.histogram, &result);
  if (!difference.compatible) {
    findings->Add(HistogramFinding::kMixedSchemas);
    return std::nullopt;
  }
  findings->AddIf(difference.bounds_reconciled, HistogramFinding::kSubtractionReconciled);
  MultiplyHistogram(fraction, &result);
  const HistogramMerge sum = AddHistogram(*a.histogram, &result);
  findings->AddIf(sum.bounds_reconciled, HistogramFinding::kAdditionReconciled);
  return result;
}

}  // namespace promlite::internal
