// rate, increase, delta, irate and idelta of histograms: as those of numbers, with histograms for
// numbers and their counts where a number is asked for.
#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <utility>

#include "promlite/engine/histograms/arithmetic.h"
#include "promlite/engine/kernels/counter_resets.h"
#include "promlite/engine/kernels/each_window.h"
#include "promlite/engine/promql/operators/leaves/histogram_range_function.h"

namespace promlite::promql::internal {
namespace {

using Samples = std::span<const HistogramSample>;

bool IsGauge(const HistogramSample& sample) {
  return sample.histogram->hint == CounterResetHint::kGauge;
}

bool IsStartReset(const HistogramSample& previous, const HistogramSample& current) {
  return IsStartTimeReset(previous.start_ms, previous.timestamp_ms, current.start_ms,
                          current.timestamp_ms);
}

// The increase of at least two histograms, or, of gauges, their difference. Conflicting hints mean
// nothing here: resets are looked for.
class Difference {
 public:
  Difference(Samples samples, bool is_counter, RangeFindings* findings)
      : samples_(samples), is_counter_(is_counter), findings_(findings) {}

  // Nothing if exponential and custom buckets are mixed.
  std::optional<Histogram> Calculate() {
    first_ = samples_.front().histogram.get();
    if (is_counter_ && (IsGauge(samples_.front()) || IsGauge(samples_.back()))) NotCounter();
    if (is_counter_) ForgetFirstBeforeReset();
    const Histogram& last = *samples_.back().histogram;
    if (last.UsesCustomBuckets() != first_->UsesCustomBuckets()) {
      found_.Add(HistogramFinding::kMixedSchemas);
      findings_->findings.AddAll(found_);
      return std::nullopt;
    }
    const std::optional<int32_t> schema = LeastSchema();
    if (!schema) return MixedSchemas();
    Histogram result = last;
    ReduceResolution(*schema, &result);
    const HistogramMerge merge = SubtractHistogram(*first_, &result);
    if (!merge.compatible) return MixedSchemas();
    found_.AddIf(merge.bounds_reconciled, HistogramFinding::kSubtractionReconciled);
    bool overlaps = false;
    if (is_counter_ && !AddLost(&result, &overlaps)) return MixedSchemas();
    const bool are_gauges = IsGauge(samples_.front()) && IsGauge(samples_.back());
    found_.AddIf(!is_counter_ && !are_gauges, HistogramFinding::kNotGauge);
    findings_->findings.AddAll(found_);
    if (overlaps) ++findings_->start_time_overlaps;
    result.hint = CounterResetHint::kGauge;
    RemoveEmptyBuckets(&result);
    return result;
  }

 private:
  void NotCounter() { found_.Add(HistogramFinding::kNotCounter); }

  // Nothing else is then said of the range.
  std::optional<Histogram> MixedSchemas() {
    findings_->findings.Add(HistogramFinding::kMixedSchemas);
    return std::nullopt;
  }

  // Of a counter that was reset behind its first sample, that sample does not matter, not even how
  // its buckets are laid out.
  void ForgetFirstBeforeReset() {
    const Histogram& second = *samples_[1].histogram;
    if (!IsStartReset(samples_[0], samples_[1]) && !DetectReset(second, *first_)) return;
    empty_.schema = second.schema;
    empty_.custom_bounds = second.custom_bounds;
    first_ = &empty_;
  }

  // The coarsest schema that matters.
  std::optional<int32_t> LeastSchema() {
    int32_t least = std::min(samples_.back().histogram->schema, first_->schema);
    if (!is_counter_) return least;
    for (const HistogramSample& sample : samples_.subspan(1, samples_.size() - 2)) {
      if (IsGauge(sample)) NotCounter();
      least = std::min(least, sample.histogram->schema);
      if (sample.histogram->UsesCustomBuckets() != first_->UsesCustomBuckets()) {
        return std::nullopt;
      }
    }
    return least;
  }

  // Adds what was lost at resets.
  bool AddLost(Histogram* result, bool* overlaps) {
    const Histogram* previous = first_;
    for (size_t i = 1; i < samples_.size(); ++i) {
      const Histogram& current = *samples_[i].histogram;
      *overlaps |= IsStartTimeOverlap(samples_[i - 1].start_ms, samples_[i - 1].timestamp_ms,
                                      samples_[i].start_ms);
      if (IsStartReset(samples_[i - 1], samples_[i]) || DetectReset(current, *previous)) {
        const HistogramMerge merge = AddHistogram(*previous, result);
        if (!merge.compatible) return false;
        found_.AddIf(merge.bounds_reconciled, HistogramFinding::kAdditionReconciled);
      }
      previous = &current;
    }
    return true;
  }

  const Samples samples_;
  const bool is_counter_;
  RangeFindings* const findings_;
  HistogramFindings found_;
  Histogram empty_;
  const Histogram* first_ = nullptr;
};

// Adds a histogram, a zero before it being taken for granted.
bool AddFirst(const Histogram& first, Histogram* result, HistogramFindings* findings) {
  const HistogramMerge merge = AddHistogram(first, result);
  findings->AddIf(!merge.compatible, HistogramFinding::kMixedSchemas);
  findings->AddIf(merge.bounds_reconciled, HistogramFinding::kAdditionReconciled);
  return merge.compatible;
}

RangeOutcome ExtrapolatedRate(const MixedRange& range, RateKind kind, RangeFindings* findings) {
  const bool is_counter = kind != RateKind::kDelta;
  if (!range.times.empty()) {
    findings->findings.Add(HistogramFinding::kMixedKinds);
    return NoSample{};
  }
  const Samples samples = range.histograms;
  const HistogramSample& first = samples.front();
  const int64_t last_ms = samples.back().timestamp_ms;
  std::optional<Histogram> result;
  if (samples.size() > 1) {
    result = Difference(samples, is_counter, findings).Calculate();
    if (!result) return NoSample{};
  }

  double to_start = SecondsBetween(range.start_ms, first.timestamp_ms);
  double to_end = SecondsBetween(last_ms, range.end_ms);
  double sampled = SecondsBetween(first.timestamp_ms, last_ms);
  const double average = samples.size() > 1 ? sampled / static_cast<double>(samples.size() - 1) : 0;
  const double threshold = average * 1.1;
  const bool begins_inside = is_counter && first.start_ms != 0 && first.start_ms > range.start_ms &&
                             first.start_ms < first.timestamp_ms;
  if (begins_inside) {
    to_start = 0;
    sampled = SecondsBetween(first.start_ms, last_ms);
    if (!result) {
      result = *first.histogram;
    } else if (!AddFirst(*first.histogram, &*result, &findings->findings)) {
      return NoSample{};
    }
  } else if (!result) {
    return NoSample{};
  } else {
    if (to_start >= threshold) to_start = average / 2;
    if (is_counter && result->count > 0 && first.histogram->count >= 0) {
      to_start = std::min(to_start, sampled * (first.histogram->count / result->count));
    }
  }
  if (to_end >= threshold) to_end = average / 2;
  double factor = sampled != 0 ? (sampled + to_start + to_end) / sampled : 1;
  if (kind == RateKind::kRate) factor /= RangeSeconds(range.range_ms);
  MultiplyHistogram(factor, &*result);
  return std::make_shared<const Histogram>(*std::move(result));
}

RangeOutcome AnyRate(const MixedRange& range, RateKind kind, RangeFindings* findings) {
  return range.modifier == RangeModifier::kNone ? ExtrapolatedRate(range, kind, findings)
                                                : ExtendedHistogramRate(range, kind, findings);
}

// The range's last two samples, of either kind; a number has no histogram.
std::array<const HistogramSample*, 2> LastTwo(const MixedRange& range, HistogramSample* number) {
  const Samples histograms = range.histograms;
  const size_t numbers = range.times.size();
  const auto number_is_after = [&](size_t histograms_back, size_t numbers_back) {
    if (numbers_back > numbers) return false;
    return histograms_back > histograms.size() ||
           range.times[numbers - numbers_back] >
               histograms[histograms.size() - histograms_back].timestamp_ms;
  };
  std::array<const HistogramSample*, 2> two{};
  size_t histograms_back = 1, numbers_back = 1;
  for (size_t i = 2; i-- > 0;) {
    if (number_is_after(histograms_back, numbers_back)) {
      two[i] = number;
      ++numbers_back;
    } else {
      two[i] = &histograms[histograms.size() - histograms_back++];
    }
  }
  return two;
}

RangeOutcome InstantRate(const MixedRange& range, RateKind kind, RangeFindings* findings) {
  if (range.times.size() + range.histograms.size() < 2) return NoSample{};
  HistogramSample number;
  const auto [previous, last] = LastTwo(range, &number);
  if (previous == &number && last == &number) return AsOfNumbers{};
  if (previous == &number || last == &number) {
    findings->findings.Add(HistogramFinding::kMixedKinds);
    return NoSample{};
  }
  const bool is_rate = kind == RateKind::kRate;
  HistogramFindings& found = findings->findings;
  found.AddIf(is_rate && (IsGauge(*previous) || IsGauge(*last)), HistogramFinding::kNotCounter);
  found.AddIf(!is_rate && !(IsGauge(*previous) && IsGauge(*last)), HistogramFinding::kNotGauge);
  Histogram result = *last->histogram;
  const bool was_reset = is_rate && (IsStartReset(*previous, *last) ||
                                     DetectReset(*last->histogram, *previous->histogram));
  if (!was_reset) {
    const HistogramMerge merge = SubtractHistogram(*previous->histogram, &result);
    found.AddIf(!merge.compatible, HistogramFinding::kMixedSchemas);
    if (!merge.compatible) return NoSample{};
    found.AddIf(merge.bounds_reconciled, HistogramFinding::kSubtractionReconciled);
  }
  result.hint = CounterResetHint::kGauge;
  RemoveEmptyBuckets(&result);
  if (is_rate) DivideHistogram(SecondsBetween(previous->timestamp_ms, last->timestamp_ms), &result);
  return std::make_shared<const Histogram>(std::move(result));
}

}  // namespace

RangeOutcome HistogramRate(const MixedRange& range, RangeFindings* findings) {
  return AnyRate(range, RateKind::kRate, findings);
}

RangeOutcome HistogramIncrease(const MixedRange& range, RangeFindings* findings) {
  return AnyRate(range, RateKind::kIncrease, findings);
}

RangeOutcome HistogramDelta(const MixedRange& range, RangeFindings* findings) {
  return AnyRate(range, RateKind::kDelta, findings);
}

RangeOutcome HistogramIrate(const MixedRange& range, RangeFindings* findings) {
  return InstantRate(range, RateKind::kRate, findings);
}

RangeOutcome HistogramIdelta(const MixedRange& range, RangeFindings* findings) {
  return InstantRate(range, RateKind::kDelta, findings);
}

}  // namespace promlite::promql::internal
