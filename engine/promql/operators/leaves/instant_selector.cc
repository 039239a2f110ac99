#include "promlite/engine/promql/operators/leaves/instant_selector.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <optional>
#include <utility>

#include "promlite/engine/histograms/findings.h"
#include "promlite/engine/histograms/interpolation.h"
#include "promlite/engine/kernels/instant_kernel.h"
#include "promlite/engine/kernels/windows.h"
#include "promlite/engine/promql/metric_name_removal.h"
#include "promlite/engine/promql/operators/leaves/histogram_statistics.h"
#include "promlite/engine/promql/operators/leaves/selected_series.h"
#include "promlite/engine/promql/plan/binding.h"
#include "promlite/parser/promql/printer.h"
#include "promlite/parser/text/milliseconds.h"
#include "promlite/storage/metrics/sample.h"

namespace promlite::promql::internal {
namespace {

// At each step, the samples with times in (reference - before, reference + after] are looked at.
struct Reach {
  ReferenceTimes reference;
  int64_t before_ms = 0;
  int64_t after_ms = 0;

  int64_t first_ms() const {
    return AddMilliseconds(SubtractMilliseconds(reference.first_ms, before_ms), 1);
  }
  int64_t last_ms() const { return AddMilliseconds(reference.last_ms(), after_ms); }
};

struct InstantRowOptions {
  Reach reach;
  SampleAspect aspect = SampleAspect::kValue;
  bool smoothed = false;
  bool statistics_only = false;
  PositionRange position;
};

class InstantRowReader final : public RowReader {
 public:
  InstantRowReader(const ExecContext& context, std::vector<SeriesId> ids, SeriesSet series,
                   const InstantRowOptions& options)
      : snapshot_(context.snapshot),
        ids_(std::move(ids)),
        series_(std::move(series)),
        options_(options),
        equal_series_(options.aspect != SampleAspect::kValue &&
                              !context.settings.options.delayed_name_removal &&
                              HasEqualLabels(series_)
                          ? EqualSeries::kMerge
                          : EqualSeries::kNone),
        has_histograms_(std::any_of(ids_.begin(), ids_.end(),
                                    [this](SeriesId id) { return snapshot_.HasHistograms(id); })) {
    if (has_histograms_) findings_.resize(ids_.size());
  }

  const SeriesSet& series() const override { return series_; }
  EqualSeries equal_series() const override { return equal_series_; }
  bool MayHaveHistograms() const override { return has_histograms_; }

  absl::Status Finish(ExecContext& context) override {
    for (size_t i = 0; i < findings_.size(); ++i) {
      findings_[i].Raise(
          context.symbols.Value(snapshot_.SeriesLabels(ids_[i]), context.symbols.metric_name()),
          options_.position, &context.annotations);
    }
    return absl::OkStatus();
  }

  void Fill(size_t begin, size_t end, Block* block, size_t first_row) override {
    SampleBuffer buffer;
    WindowClock clock;
    for (size_t i = begin; i < end; ++i) {
      const size_t row = first_row + i - begin;
      const SamplesView numbers = Read(ids_[i], &buffer);
      FillNumbers(numbers, block, row, &clock);
      if (has_histograms_ && snapshot_.HasHistograms(ids_[i])) {
        FillHistograms(i, numbers, block, row);
      }
    }
  }

 private:
  SamplesView Read(SeriesId id, SampleBuffer* buffer) const {
    const auto start_times = options_.aspect == SampleAspect::kStartTimestamp
                                 ? Snapshot::StartTimes::kRead
                                 : Snapshot::StartTimes::kSkip;
    return snapshot_.Read(id, reach_.first_ms(), reach_.last_ms(), start_times, buffer);
  }

  void FillNumbers(const SamplesView& samples, Block* block, size_t row, WindowClock* clock) const {
    if (samples.size == 0) return;
    if (!clock->Shows(samples)) {
      clock->Set(samples, reach_.reference, reach_.before_ms, reach_.after_ms);
    }
    const StepSpan span = clock->span();
    if (span.empty()) return;
    block->span(row) = span;
    double* values = block->values(row) + span.first;
    const PresenceRow presence{block->presence(row), span.first};
    const Window* windows = clock->windows();
    if (options_.smoothed) {
      SmoothedInstantKernel(samples.times, samples.values, windows, span.size(),
                            reach_.reference.at(span.first), reach_.reference.step_ms, values,
                            presence);
    } else if (options_.aspect == SampleAspect::kValue) {
      NewestValueKernel(samples.values, samples.has_staleness_markers, windows, span.size(), values,
                        presence);
    } else {
      const int64_t* times =
          options_.aspect == SampleAspect::kTimestamp ? samples.times : samples.start_times;
      NewestTimeKernel(times, samples.values, windows, span.size(), values, presence);
    }
  }

  // Puts the histograms of a series into a row that has its numbers already: the newer one counts.
  void FillHistograms(size_t index, const SamplesView& numbers, Block* block, size_t row) {
    std::vector<HistogramSample> histograms =
        snapshot_.ReadHistograms(ids_[index], reach_.first_ms(), reach_.last_ms());
    if (histograms.empty()) return;
    if (options_.statistics_only) {
      ReadingOrder order{reach_.reference, reach_.before_ms, reach_.before_ms};
      order.reference.first_ms = AddMilliseconds(order.reference.first_ms, reach_.after_ms);
      if (options_.smoothed) order.first_reach_ms = order.reach_ms = kForever;
      KeepStatistics(order, {numbers.times, numbers.size}, &histograms);
    }
    const auto [span, windows] =
        HistogramWindows(histograms, reach_.reference, reach_.before_ms, reach_.after_ms);
    for (size_t i = 0; i < span.size(); ++i) {
      if (windows[i].size() == 0) continue;
      const std::span<const HistogramSample> window(histograms.data() + windows[i].begin,
                                                    windows[i].size());
      const size_t step = span.first + i;
      if (options_.smoothed) {
        SmoothStep(window, numbers, block, row, step, &findings_[index]);
      } else {
        SelectNewest(window.back(), numbers, block, row, step);
      }
    }
    block->TightenSpan(row);
  }

  void SelectNewest(const HistogramSample& newest, const SamplesView& numbers, Block* block,
                    size_t row, size_t step) const {
    const int64_t* const end = numbers.times + numbers.size;
    const int64_t* const later = std::upper_bound(numbers.times, end, reach_.reference.at(step));
    if (later != numbers.times && later[-1] > newest.timestamp_ms) return;
    ClearBit(block->presence(row), step);
    if (newest.histogram->IsStalenessMarker()) return;
    switch (options_.aspect) {
      case SampleAspect::kValue:
        block->SetHistogram(row, step, newest.histogram);
        break;
      case SampleAspect::kTimestamp:
        block->Set(row, step, static_cast<double>(newest.timestamp_ms) / 1000);
        break;
      case SampleAspect::kStartTimestamp:
        block->Set(row, step, static_cast<double>(newest.start_ms) / 1000);
        break;
    }
  }

  // Whether there is a number, staleness markers aside, among those that a step looks at.
  bool HasNumber(const SamplesView& numbers, size_t step) const {
    const int64_t at = reach_.reference.at(step);
    const int64_t* const end = numbers.times + numbers.size;
    const int64_t* time =
        std::upper_bound(numbers.times, end, SubtractMilliseconds(at, reach_.before_ms));
    for (; time != end && *time <= AddMilliseconds(at, reach_.after_ms); ++time) {
      if (!IsStalenessMarker(numbers.values[time - numbers.times])) return true;
    }
    return false;
  }

  // `smoothed`: the histogram at the step's time itself, or between its neighbours, or the last one
  // carried forward.
  void SmoothStep(std::span<const HistogramSample> window, const SamplesView& numbers, Block* block,
                  size_t row, size_t step, HistogramFindings* findings) const {
    const int64_t at = reach_.reference.at(step);
    const HistogramSample* before = nullptr;
    const HistogramSample* after = nullptr;
    for (const HistogramSample& sample : window) {
      if (sample.histogram->IsStalenessMarker()) continue;
      if (sample.timestamp_ms <= at) before = &sample;
      if (sample.timestamp_ms > at && after == nullptr) after = &sample;
    }
    if (before == nullptr && after == nullptr) return;
    if (HasNumber(numbers, step)) {
      ClearBit(block->presence(row), step);
      findings->Add(HistogramFinding::kMixedKinds);
      return;
    }
    if (before == nullptr) return;
    if (before->timestamp_ms == at) {
      block->SetHistogram(row, step, before->histogram);
      return;
    }
    if (after == nullptr) {
      // What its hint says of the sample before does not hold at other times.
      auto carried = std::make_shared<Histogram>(*before->histogram);
      carried->hint = CounterResetHint::kUnknown;
      block->SetHistogram(row, step, std::move(carried));
      return;
    }
    const bool gauges = before->histogram->hint == CounterResetHint::kGauge &&
                        after->histogram->hint == CounterResetHint::kGauge;
    std::optional<Histogram> between =
        before->histogram->UsesCustomBuckets() == after->histogram->UsesCustomBuckets()
            ? InterpolateHistograms(*before, *after, at,
                                    gauges ? HistogramKind::kGauge : HistogramKind::kCounter,
                                    findings)
            : std::nullopt;
    if (between) {
      block->SetHistogram(row, step, std::make_shared<const Histogram>(*std::move(between)));
    } else {
      findings->Add(HistogramFinding::kMixedSchemas);
    }
  }

  static constexpr int64_t kForever = std::numeric_limits<int64_t>::max();

  const Snapshot& snapshot_;
  const std::vector<SeriesId> ids_;
  const SeriesSet series_;
  const InstantRowOptions options_;
  const Reach& reach_ = options_.reach;
  const EqualSeries equal_series_;
  const bool has_histograms_;
  std::vector<HistogramFindings> findings_;  // one a series, if any has histograms
};

struct Selection {
  const VectorSelector& selector;
  int64_t offset_ms = 0;
  SampleAspect aspect = SampleAspect::kValue;

  // timestamp() asks for a sample that there is, whatever the modifier.
  bool smoothed() const {
    return selector.modifier == RangeModifier::kSmoothed && aspect == SampleAspect::kValue;
  }
};

// Of timestamp(x @ t offset o) Prometheus heeds the offset when it fetches samples and forgets it
// when it looks at them: the newest one fetched for t - o counts that is within the lookback of t.
Reach ReachOf(const ExecContext& context, const StepGrid& grid, const Selection& selection) {
  const int64_t lookback_ms = absl::ToInt64Milliseconds(context.settings.options.lookback_delta);
  const bool closed_left = context.settings.options.compatibility == Compatibility::kPrometheus2;
  const int64_t before_ms = AddMilliseconds(lookback_ms, closed_left ? 1 : 0);
  const AtModifier& at = selection.selector.at;
  const int64_t offset_ms = selection.offset_ms;
  if (selection.aspect == SampleAspect::kValue || at.kind == AtModifier::Kind::kNone) {
    return {MakeReferenceTimes(grid, at, offset_ms, context.settings.grid), before_ms,
            selection.smoothed() ? lookback_ms : 0};
  }
  const bool fetches_ahead = selection.selector.modifier == RangeModifier::kSmoothed;
  const int64_t newest_cut_ms =
      std::max<int64_t>(0, SubtractMilliseconds(offset_ms, fetches_ahead ? lookback_ms : 0));
  const int64_t oldest_cut_ms = std::max<int64_t>(0, SubtractMilliseconds(0, offset_ms));
  const int64_t cut_ms = AddMilliseconds(newest_cut_ms, oldest_cut_ms);
  return {MakeReferenceTimes(grid, at, newest_cut_ms, context.settings.grid),
          std::max<int64_t>(0, SubtractMilliseconds(before_ms, cut_ms)), 0};
}

}  // namespace

InstantSelectorOperator::InstantSelectorOperator(const VectorSelector& selector,
                                                 std::vector<Matcher> matchers, int64_t offset_ms,
                                                 SampleAspect aspect, bool statistics_only)
    : selector_(selector),
      matchers_(std::move(matchers)),
      offset_ms_(offset_ms),
      aspect_(aspect),
      statistics_only_(statistics_only) {}

std::string InstantSelectorOperator::Describe() const {
  const std::string selector = Print(selector_);
  switch (aspect_) {
    case SampleAspect::kValue:
      return "select " + selector;
    case SampleAspect::kTimestamp:
      return "timestamp of " + selector;
    case SampleAspect::kStartTimestamp:
      break;
  }
  return "start_timestamp of " + selector;
}

absl::StatusOr<std::unique_ptr<RowReader>> InstantSelectorOperator::OpenRows(
    ExecContext& context, const StepGrid& grid, std::span<const Block* const>) const {
  // Each thread keeps a window for every step: as many bytes as a cell has.
  const auto threads = static_cast<size_t>(context.threads.size());
  if (absl::Status s = context.budget.CheckFits(threads, grid.steps()); !s.ok()) return s;
  const Selection selection = {selector_, offset_ms_, aspect_};
  const Reach reach = ReachOf(context, grid, selection);
  SelectedSeries selected = SelectSeries(context, matchers_, reach.first_ms(), reach.last_ms());
  SeriesSet series = aspect_ == SampleAspect::kValue ? std::move(selected.labels)
                                                     : DropMetricName(selected.labels, context);
  return std::make_unique<InstantRowReader>(
      context, std::move(selected.ids), std::move(series),
      InstantRowOptions{reach, aspect_, selection.smoothed(), statistics_only_,
                        selector_.position});
}

}  // namespace promlite::promql::internal
