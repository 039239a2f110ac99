// Functions of all samples of a range, one after the other.
#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include "promlite/engine/histograms/compensated_histogram.h"
#include "promlite/engine/histograms/mean.h"
#include "promlite/engine/kernels/counter_resets.h"
#include "promlite/engine/promql/operators/leaves/histogram_range_function.h"

namespace promlite::promql::internal {
namespace {

RangeOutcome HistogramOutcome(Histogram histogram) {
  return std::make_shared<const Histogram>(std::move(histogram));
}

// Adds the histograms of a range to the first one.
template <typename Sum>
bool AddAll(std::span<const HistogramSample> histograms, Sum* sum, HistogramFindings* findings) {
  bool reset = false, not_reset = false, reconciled = false;
  for (size_t i = 0; i < histograms.size(); ++i) {
    const Histogram& histogram = *histograms[i].histogram;
    reset |= histogram.hint == CounterResetHint::kReset;
    not_reset |= histogram.hint == CounterResetHint::kNotReset;
    if (i == 0) continue;
    const HistogramMerge merge = sum->Add(histogram);
    if (!merge.compatible) {
      findings->Add(HistogramFinding::kMixedSchemas);
      return false;
    }
    reconciled |= merge.bounds_reconciled;
  }
  findings->AddIf(reconciled, HistogramFinding::kAggregationReconciled);
  findings->AddIf(reset && not_reset, HistogramFinding::kAggregationCollided);
  return true;
}

bool HoldsNumbers(const MixedRange& range, HistogramFindings* findings) {
  findings->AddIf(!range.times.empty(), HistogramFinding::kMixedKinds);
  return !range.times.empty();
}

// Numbers and histograms of a range in time order.
struct Element {
  int64_t time_ms = 0;
  int64_t start_ms = 0;
  double value = 0;
  const Histogram* histogram = nullptr;
};

// Calls visit(previous, current) for all neighbours among the samples, from the last one at or
// before the range's start on under `anchored`. False if that leaves no sample inside.
template <typename Visit>
bool ForEachNeighbours(const MixedRange& range, Visit visit) {
  std::vector<Element> elements;
  size_t number = 0, histogram = 0;
  while (number < range.times.size() || histogram < range.histograms.size()) {
    const bool takes_number = histogram == range.histograms.size() ||
                              (number < range.times.size() &&
                               range.times[number] < range.histograms[histogram].timestamp_ms);
    if (takes_number) {
      elements.push_back(
          {range.times[number], range.StartTime(number), range.values[number], nullptr});
      ++number;
    } else {
      const HistogramSample& sample = range.histograms[histogram++];
      elements.push_back({sample.timestamp_ms, sample.start_ms, 0, sample.histogram.get()});
    }
  }
  size_t first = 0;
  if (range.modifier == RangeModifier::kAnchored) {
    const auto inside = std::find_if(elements.begin(), elements.end(), [&](const Element& element) {
      return element.time_ms > range.start_ms;
    });
    if (inside == elements.end()) return false;
    if (inside != elements.begin()) first = static_cast<size_t>(inside - elements.begin()) - 1;
  }
  for (size_t i = first + 1; i < elements.size(); ++i) visit(elements[i - 1], elements[i]);
  return true;
}

bool IsReset(const Element& previous, const Element& current) {
  if ((previous.histogram == nullptr) != (current.histogram == nullptr)) return true;
  if (IsStartTimeReset(previous.start_ms, previous.time_ms, current.start_ms, current.time_ms)) {
    return true;
  }
  return current.histogram == nullptr ? current.value < previous.value
                                      : DetectReset(*current.histogram, *previous.histogram);
}

bool IsChange(const Element& previous, const Element& current) {
  if ((previous.histogram == nullptr) != (current.histogram == nullptr)) return true;
  if (current.histogram != nullptr) return !SameHistogram(*current.histogram, *previous.histogram);
  return current.value != previous.value &&
         !(std::isnan(current.value) && std::isnan(previous.value));
}

template <typename Predicate>
RangeOutcome CountNeighbours(const MixedRange& range, Predicate predicate) {
  double count = 0;
  const bool any = ForEachNeighbours(range, [&](const Element& previous, const Element& current) {
    if (predicate(previous, current)) ++count;
  });
  if (!any) return NoSample{};
  return count;
}

}  // namespace

RangeOutcome HistogramSumOverTime(const MixedRange& range, RangeFindings* findings) {
  if (HoldsNumbers(range, &findings->findings)) return NoSample{};
  CompensatedHistogram sum(*range.histograms[0].histogram);
  if (!AddAll(range.histograms, &sum, &findings->findings)) return NoSample{};
  return HistogramOutcome(sum.Total());
}

RangeOutcome HistogramAvgOverTime(const MixedRange& range, RangeFindings* findings) {
  if (HoldsNumbers(range, &findings->findings)) return NoSample{};
  HistogramMean mean(*range.histograms[0].histogram);
  if (!AddAll(range.histograms, &mean, &findings->findings)) return NoSample{};
  return HistogramOutcome(mean.Mean());
}

RangeOutcome MixedCountOverTime(const MixedRange& range, RangeFindings*) {
  return static_cast<double>(range.times.size() + range.histograms.size());
}

RangeOutcome MixedPresentOverTime(const MixedRange&, RangeFindings*) { return 1.0; }

RangeOutcome MixedFirstOverTime(const MixedRange& range, RangeFindings*) {
  const HistogramSample& first = range.histograms.front();
  if (!range.times.empty() && range.times.front() < first.timestamp_ms) return AsOfNumbers{};
  return first.histogram;
}

RangeOutcome MixedLastOverTime(const MixedRange& range, RangeFindings*) {
  const HistogramSample& last = range.histograms.back();
  if (!range.times.empty() && last.timestamp_ms < range.times.back()) return AsOfNumbers{};
  return last.histogram;
}

RangeOutcome MixedTimeOfFirst(const MixedRange& range, RangeFindings*) {
  int64_t first = range.histograms.front().timestamp_ms;
  if (!range.times.empty()) first = std::min(first, range.times.front());
  return static_cast<double>(first) / 1000;
}

RangeOutcome MixedTimeOfLast(const MixedRange& range, RangeFindings*) {
  int64_t last = range.histograms.back().timestamp_ms;
  if (!range.times.empty()) last = std::max(last, range.times.back());
  return static_cast<double>(last) / 1000;
}

RangeOutcome MixedResets(const MixedRange& range, RangeFindings*) {
  return CountNeighbours(range, IsReset);
}

RangeOutcome MixedChanges(const MixedRange& range, RangeFindings*) {
  return CountNeighbours(range, IsChange);
}

RangeOutcome IgnoreHistograms(const MixedRange& range, RangeFindings* findings) {
  findings->findings.AddIf(!range.times.empty(), HistogramFinding::kIgnoredInRange);
  return AsOfNumbers{};
}

}  // namespace promlite::promql::internal
