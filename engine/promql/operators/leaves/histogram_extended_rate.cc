// rate, increase and delta of histograms under `anchored` and `smoothed`: between the values at the
// borders of the range, without extrapolation (see kernels/extended_range.h).
#include <memory>
#include <optional>
#include <utility>

#include "promlite/engine/histograms/arithmetic.h"
#include "promlite/engine/histograms/interpolation.h"
#include "promlite/engine/kernels/each_window.h"
#include "promlite/engine/kernels/range_borders.h"
#include "promlite/engine/promql/operators/leaves/histogram_range_function.h"

namespace promlite::promql::internal {
namespace {

class ExtendedDifference {
 public:
  ExtendedDifference(const MixedRange& range, bool is_counter, HistogramFindings* findings)
      : range_(range),
        h_(range.histograms),
        smoothed_(range.modifier == RangeModifier::kSmoothed),
        is_counter_(is_counter),
        findings_(findings) {}

  std::optional<Histogram> Calculate() {
    if (!FindBorders() || !CheckKinds()) return std::nullopt;
    const std::optional<Histogram> left = Left();
    if (!left) return std::nullopt;
    const std::optional<Histogram> right = Right();
    if (!right) return std::nullopt;
    findings_->AddIf(!is_counter_ && !(left->hint == CounterResetHint::kGauge &&
                                       right->hint == CounterResetHint::kGauge),
                     HistogramFinding::kNotGauge);
    Histogram result = *right;
    if (!Subtract(*left, &result)) return std::nullopt;
    if (is_counter_ && !AddLost(*left, *right, &result)) return std::nullopt;
    return result;
  }

 private:
  bool FindBorders() {
    const auto borders = FindRangeBorders(h_.begin(), h_.end(), range_.start_ms, range_.end_ms,
                                          smoothed_, &HistogramSample::timestamp_ms);
    if (!borders || (smoothed_ && borders->first->timestamp_ms > range_.end_ms)) return false;
    first_ = static_cast<size_t>(borders->first - h_.begin());
    last_ = static_cast<size_t>(borders->last - h_.begin());
    return true;
  }

  bool CheckKinds() {
    const bool custom = h_[first_].histogram->UsesCustomBuckets();
    for (size_t i = first_; i <= last_; ++i) {
      if (h_[i].histogram->UsesCustomBuckets() != custom) {
        findings_->Add(HistogramFinding::kMixedSchemas);
        return false;
      }
      findings_->AddIf(is_counter_ && h_[i].histogram->hint == CounterResetHint::kGauge,
                       HistogramFinding::kNotCounter);
    }
    return true;
  }

  HistogramKind Kind() const {
    return is_counter_ ? HistogramKind::kCounter : HistogramKind::kGauge;
  }

  std::optional<Histogram> Left() {
    if (!smoothed_ || h_[first_].timestamp_ms >= range_.start_ms) return *h_[first_].histogram;
    return InterpolateHistograms(h_[first_], h_[first_ + 1], range_.start_ms, Kind(), findings_);
  }

  std::optional<Histogram> Right() {
    if (!smoothed_ || last_ == 0 || h_[last_].timestamp_ms <= range_.end_ms) {
      return *h_[last_].histogram;
    }
    return InterpolateHistograms(h_[last_ - 1], h_[last_], range_.end_ms, Kind(), findings_);
  }

  bool Subtract(const Histogram& other, Histogram* result) {
    const HistogramMerge merge = SubtractHistogram(other, result);
    findings_->AddIf(!merge.compatible, HistogramFinding::kMixedSchemas);
    findings_->AddIf(merge.bounds_reconciled, HistogramFinding::kSubtractionReconciled);
    return merge.compatible;
  }

  bool Add(const Histogram& other, Histogram* result) {
    const HistogramMerge merge = AddHistogram(other, result);
    findings_->AddIf(!merge.compatible, HistogramFinding::kMixedSchemas);
    findings_->AddIf(merge.bounds_reconciled, HistogramFinding::kAdditionReconciled);
    return merge.compatible;
  }

  // Adds what was lost at resets between the left value, the samples between the borders and the
  // right value, which stands for the last sample.
  bool AddLost(const Histogram& left, const Histogram& right, Histogram* result) {
    size_t next = first_ + 1;
    const Histogram* previous = &left;
    const bool reset_behind_left = smoothed_ && h_[first_].timestamp_ms < range_.start_ms &&
                                   DetectReset(*h_[first_ + 1].histogram, *h_[first_].histogram);
    if (reset_behind_left) {
      // The left value already grew from zero: the next sample belongs to the same life.
      previous = h_[first_ + 1].histogram.get();
      ++next;
    }
    if (next > last_) return true;
    std::optional<Histogram> lost;
    const auto lose = [&](const Histogram& histogram) {
      if (lost) return Add(histogram, &*lost);
      lost = histogram;
      return true;
    };
    for (; next < last_; ++next) {
      const Histogram& current = *h_[next].histogram;
      if (DetectReset(current, *previous) && !lose(*previous)) return false;
      previous = &current;
    }
    if (DetectReset(right, *previous) && !lose(*previous)) return false;
    return !lost || Add(*lost, result);
  }

  const MixedRange& range_;
  const std::span<const HistogramSample> h_;
  const bool smoothed_;
  const bool is_counter_;
  HistogramFindings* const findings_;
  size_t first_ = 0, last_ = 0;
};

}  // namespace

RangeOutcome ExtendedHistogramRate(const MixedRange& range, RateKind kind,
                                   RangeFindings* findings) {
  if (!range.times.empty()) {
    findings->findings.Add(HistogramFinding::kMixedKinds);
    return NoSample{};
  }
  std::optional<Histogram> result =
      ExtendedDifference(range, kind != RateKind::kDelta, &findings->findings).Calculate();
  if (!result) return NoSample{};
  if (kind == RateKind::kRate) DivideHistogram(RangeSeconds(range.range_ms), &*result);
  result->hint = CounterResetHint::kGauge;
  RemoveEmptyBuckets(&*result);
  return std::make_shared<const Histogram>(*std::move(result));
}

}  // namespace promlite::promql::internal
