#include "promlite/engine/promql/operators/leaves/range_vector.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "promlite/engine/kernels/windows.h"
#include "promlite/engine/promql/metric_name_removal.h"
#include "promlite/engine/promql/plan/binding.h"
#include "promlite/parser/promql/printer.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/parser/text/milliseconds.h"
#include "promlite/parser/text/quoting.h"
#include "promlite/storage/metrics/sample.h"

namespace promlite::promql::internal {
namespace {

bool ClosedOnTheLeft(const QuerySettings& settings) {
  return settings.options.compatibility == Compatibility::kPrometheus2;
}

// The durations of a range vector as written.
struct Durations {
  int64_t range_ms = 0;
  int64_t offset_ms = 0;
};

absl::StatusOr<Durations> DurationsOf(const Duration& range, const Duration& offset,
                                      const QuerySettings& settings) {
  const absl::StatusOr<int64_t> range_ms = RangeMilliseconds(range, settings);
  if (!range_ms.ok()) return range_ms.status();
  const absl::StatusOr<int64_t> offset_ms = OffsetMilliseconds(offset, settings);
  if (!offset_ms.ok()) return offset_ms.status();
  return Durations{*range_ms, *offset_ms};
}

RangeVector RangeOf(const Durations& durations, const AtModifier& at, const StepGrid& grid,
                    const QuerySettings& settings) {
  RangeVector range;
  range.reference = MakeReferenceTimes(grid, at, durations.offset_ms, settings.grid);
  range.range_ms = durations.range_ms;
  range.before_ms = durations.range_ms + (ClosedOnTheLeft(settings) ? 1 : 0);
  return range;
}

absl::StatusOr<int64_t> SubqueryStep(const SubqueryExpr& subquery, const QuerySettings& settings) {
  if (subquery.step) {
    absl::StatusOr<int64_t> written = RangeMilliseconds(*subquery.step, settings);
    if (!written.ok() || *written != 0) return written;
  }
  return absl::ToInt64Milliseconds(settings.options.default_subquery_step);
}

StepGrid SubqueryGrid(const AtModifier& at, const Durations& durations, int64_t step,
                      const StepGrid& outer, const QuerySettings& settings) {
  int64_t first = outer.start_ms, last = outer.last_ms();
  switch (at.kind) {
    case AtModifier::Kind::kNone:
      break;
    case AtModifier::Kind::kTimestamp:
      first = last = at.timestamp_ms;
      break;
    case AtModifier::Kind::kStart:
      first = last = settings.grid.start_ms;
      break;
    case AtModifier::Kind::kEnd:
      first = last = settings.grid.end_ms;
      break;
  }
  // The first multiple of the step behind the (open) left end. Division truncates towards zero, as
  // Go's does.
  const int64_t bound =
      SubtractMilliseconds(SubtractMilliseconds(first, durations.offset_ms), durations.range_ms);
  int64_t start = step * (bound / step);
  if (ClosedOnTheLeft(settings) ? start < bound : start <= bound) {
    start = AddMilliseconds(start, step);
  }
  // What stands in a subquery without steps has none either.
  const int64_t end = outer.steps() == 0 ? SubtractMilliseconds(start, 1)
                                         : SubtractMilliseconds(last, durations.offset_ms);
  return StepGrid{start, end, step};
}

}  // namespace

absl::StatusOr<RangeVector> SelectorRange(const MatrixSelector& matrix, const StepGrid& grid,
                                          const QuerySettings& settings) {
  const VectorSelector& selector = *matrix.selector;
  const absl::StatusOr<Durations> durations = DurationsOf(matrix.range, selector.offset, settings);
  if (!durations.ok()) return durations.status();
  absl::StatusOr<std::vector<Matcher>> matchers = CompileMatchers(selector);
  if (!matchers.ok()) return matchers.status();
  RangeVector range = RangeOf(*durations, selector.at, grid, settings);
  range.matchers = *std::move(matchers);
  range.modifier = selector.modifier;
  range.position = matrix.position;
  const int64_t lookback_ms = absl::ToInt64Milliseconds(settings.options.lookback_delta);
  const bool smoothed = selector.modifier == RangeModifier::kSmoothed;
  if (smoothed || selector.modifier == RangeModifier::kAnchored) {
    range.before_ms = AddMilliseconds(range.before_ms, lookback_ms);
  }
  if (smoothed) range.after_ms = lookback_ms;
  return range;
}

absl::StatusOr<RangeVector> SubqueryRange(const SubqueryExpr& subquery, const StepGrid& grid,
                                          const QuerySettings& settings) {
  const absl::StatusOr<Durations> durations =
      DurationsOf(subquery.range, subquery.offset, settings);
  if (!durations.ok()) return durations.status();
  const absl::StatusOr<int64_t> step_ms = SubqueryStep(subquery, settings);
  if (!step_ms.ok()) return step_ms.status();
  RangeVector range = RangeOf(*durations, subquery.at, grid, settings);
  range.subquery_grid = SubqueryGrid(subquery.at, *durations, *step_ms, grid, settings);
  return range;
}

namespace {

// Shortens a view by the staleness markers at its ends. A series that has ended has one there, and
// keeps its clock this way.
void TrimStalenessMarkers(SamplesView* samples) {
  while (samples->size > 0 && IsStalenessMarker(samples->values[samples->size - 1])) {
    --samples->size;
  }
  size_t first = 0;
  while (first < samples->size && IsStalenessMarker(samples->values[first])) ++first;
  samples->times += first;
  samples->values += first;
  if (samples->start_times != nullptr) samples->start_times += first;
  samples->size -= first;
  samples->column_offset += first;
}

// Copies a view without its staleness markers. Its clock is then its own.
SamplesView CopyWithoutStalenessMarkers(const SamplesView& samples, SampleBuffer* buffer) {
  buffer->times.clear();
  buffer->values.clear();
  buffer->start_times.clear();
  for (size_t i = 0; i < samples.size; ++i) {
    if (IsStalenessMarker(samples.values[i])) continue;
    buffer->times.push_back(samples.times[i]);
    buffer->values.push_back(samples.values[i]);
    if (samples.start_times != nullptr) buffer->start_times.push_back(samples.start_times[i]);
  }
  SamplesView copied;
  copied.times = buffer->times.data();
  copied.values = buffer->values.data();
  copied.size = buffer->times.size();
  if (samples.start_times != nullptr) copied.start_times = buffer->start_times.data();
  return copied;
}

class StorageRangeSource final : public RangeSource {
 public:
  StorageRangeSource(const Snapshot& snapshot, SelectedSeries selected, const RangeReading& reading)
      : snapshot_(snapshot),
        selected_(std::move(selected)),
        reading_(reading),
        any_histograms_(std::any_of(selected_.ids.begin(), selected_.ids.end(),
                                    [&](SeriesId id) { return snapshot.HasHistograms(id); })) {}

  const SeriesSet& series() const override { return selected_.labels; }

  SamplesView Read(size_t index, RangeScratch* scratch) const override {
    SamplesView samples = snapshot_.Read(selected_.ids[index], reading_.min_ms, reading_.max_ms,
                                         reading_.start_times, &scratch->samples);
    if (!samples.has_staleness_markers) return samples;
    TrimStalenessMarkers(&samples);
    samples.has_staleness_markers =
        std::any_of(samples.values, samples.values + samples.size, IsStalenessMarker);
    if (!samples.has_staleness_markers) return samples;
    return CopyWithoutStalenessMarkers(samples, &scratch->copied);
  }

  bool AnyHistograms() const override { return any_histograms_; }
  bool HasHistograms(size_t index) const override {
    return any_histograms_ && snapshot_.HasHistograms(selected_.ids[index]);
  }

  std::vector<HistogramSample> ReadHistograms(size_t index) const override {
    const SeriesId id = selected_.ids[index];
    std::vector<HistogramSample> histograms =
        snapshot_.ReadHistograms(id, reading_.min_ms, reading_.max_ms);
    if (reading_.statistics) {
      SampleBuffer buffer;
      const SamplesView numbers = snapshot_.Read(id, reading_.min_ms, reading_.max_ms,
                                                 Snapshot::StartTimes::kSkip, &buffer);
      KeepStatistics(*reading_.statistics, {numbers.times, numbers.size}, &histograms);
    }
    std::erase_if(histograms, [](const HistogramSample& sample) {
      return sample.histogram->IsStalenessMarker();
    });
    if (reading_.start_times == Snapshot::StartTimes::kSkip) {
      for (HistogramSample& sample : histograms) sample.start_ms = 0;
    }
    return histograms;
  }

 private:
  const Snapshot& snapshot_;
  const SelectedSeries selected_;
  const RangeReading reading_;
  const bool any_histograms_;
};

// As a subquery hands it on.
std::shared_ptr<const Histogram> ForgetReset(const std::shared_ptr<const Histogram>& histogram) {
  if (histogram->hint == CounterResetHint::kUnknown ||
      histogram->hint == CounterResetHint::kGauge) {
    return histogram;
  }
  auto forgetful = std::make_shared<Histogram>(*histogram);
  forgetful->hint = CounterResetHint::kUnknown;
  return forgetful;
}

class BlockRangeSource final : public RangeSource {
 public:
  BlockRangeSource(const Block& block, const StepGrid& grid) : block_(block) {
    // A block without samples may be one of very many steps.
    size_t end = 0;
    for (size_t row = 0; row < block.rows(); ++row) {
      if (!block.span(row).empty()) end = std::max<size_t>(end, block.span(row).end);
      const std::span<const HistogramCell> cells = block.histograms(row);
      if (!cells.empty()) end = std::max<size_t>(end, cells.back().step + 1);
    }
    times_.reserve(end);
    for (size_t step = 0; step < end; ++step) times_.push_back(grid.time(step));
  }

  const SeriesSet& series() const override { return block_.series; }

  SamplesView Read(size_t index, RangeScratch* scratch) const override {
    const StepSpan span = block_.span(index);
    SamplesView samples;
    if (span.empty()) return samples;
    if (block_.Dense(index)) {
      samples.times = times_.data() + span.first;
      samples.values = block_.values(index) + span.first;
      samples.size = span.end - span.first;
      samples.column = kGridColumn;
      samples.column_offset = span.first;
      return samples;
    }
    SampleBuffer& buffer = scratch->samples;
    buffer.times.clear();
    buffer.values.clear();
    for (size_t step = span.first; step < span.end; ++step) {
      if (!block_.present(index, step)) continue;
      buffer.times.push_back(times_[step]);
      buffer.values.push_back(block_.values(index)[step]);
    }
    samples.times = buffer.times.data();
    samples.values = buffer.values.data();
    samples.size = buffer.times.size();
    return samples;
  }

  bool AnyHistograms() const override { return block_.has_histograms(); }
  bool HasHistograms(size_t index) const override { return !block_.histograms(index).empty(); }
  std::vector<HistogramSample> ReadHistograms(size_t index) const override {
    std::vector<HistogramSample> histograms;
    for (const HistogramCell& cell : block_.histograms(index)) {
      histograms.push_back({times_[cell.step], 0, ForgetReset(cell.histogram)});
    }
    return histograms;
  }

 private:
  // The rows share one clock: the grid.
  static constexpr uint64_t kGridColumn = ~uint64_t{0};

  const Block& block_;
  std::vector<int64_t> times_;  // of the grid's steps, up to the last one with a sample
};

// rate and increase suspect a metric of not being a counter by its name, or, where types are
// labels, by its type: raises Prometheus' info if the series of these labels is suspicious.
void SuspectNoCounter(SymbolPairs labels, PositionRange position, ExecContext& context) {
  const QuerySymbols& symbols = context.symbols;
  const std::string_view name = symbols.Value(labels, symbols.metric_name());
  if (name.empty()) return;
  if (context.settings.options.type_and_unit_labels) {
    const std::string_view type = symbols.Value(labels, symbols.type());
    if (type == "counter" || type == "histogram") return;
    context.annotations.Info(
        absl::StrCat("metric might not be a counter, __type__ label is not set to \"counter\" or "
                     "\"histogram\", got ",
                     DoubleQuoted(type), ": ", DoubleQuoted(name)),
        position);
    return;
  }
  for (const char* suffix : {"_total", "_sum", "_count", "_bucket"}) {
    if (name.ends_with(suffix)) return;
  }
  context.annotations.Info(absl::StrCat("metric might not be a counter, name does not end in "
                                        "_total/_sum/_count/_bucket: ",
                                        DoubleQuoted(name)),
                           position);
}

// What is made of the rows of another function does not look at labels.
EqualSeries EqualSeriesOf(const Function& function, const SeriesSet& series,
                          const ExecContext& context) {
  const bool may_have = !function.keeps_metric_name &&
                        !context.settings.options.delayed_name_removal && function.rows_of.empty();
  if (!may_have || !HasEqualLabels(series)) return EqualSeries::kNone;
  const bool old = context.settings.options.compatibility == Compatibility::kPrometheus2;
  return old ? EqualSeries::kRefuse : EqualSeries::kMerge;
}

}  // namespace

bool Allows(const Function& function, RangeModifier modifier) {
  switch (modifier) {
    case RangeModifier::kAnchored:
      return function.modifiers.anchored;
    case RangeModifier::kSmoothed:
      return function.modifiers.smoothed;
    case RangeModifier::kExact:
      return function.modifiers.exact;
    case RangeModifier::kNone:
      break;
  }
  return true;
}

std::string AllowedFunctions(RangeModifier modifier) {
  std::vector<std::string> functions;
  for (const Function& function : AllFunctions()) {
    if (Allows(function, modifier)) functions.emplace_back(function.name);
  }
  return absl::StrCat(Absl(RangeModifierName(modifier)),
                      " modifier can only be used with: ", absl::StrJoin(functions, ", "));
}

std::string DescribeRangeCall(const RangeCall& call) {
  return absl::StrCat(Absl(call.call.function->name), " of ",
                      Print(*call.call.arguments[call.range_index]));
}

std::unique_ptr<RangeSource> MakeStorageRangeSource(const ExecContext& context,
                                                    SelectedSeries selected,
                                                    const RangeReading& reading) {
  return std::make_unique<StorageRangeSource>(context.snapshot, std::move(selected), reading);
}

std::unique_ptr<RangeSource> MakeBlockRangeSource(const Block& block, const StepGrid& grid) {
  return std::make_unique<BlockRangeSource>(block, grid);
}

RangeCallReader::RangeCallReader(const RangeCall& call, const SeriesSet& selected,
                                 const ExecContext& context)
    : function_(*call.call.function),
      range_(call.range),
      series_(function_.keeps_metric_name ? selected : DropMetricName(selected, context)),
      equal_series_(EqualSeriesOf(function_, series_, context)),
      held_(series_.size()) {}

absl::Status RangeCallReader::Finish(ExecContext& context) {
  if (absl::Status status = CheckSampleLimit(context.budget); !status.ok()) return status;
  for (size_t i = 0; i < held_.size(); ++i) {
    const SymbolPairs labels = SelectedLabels(i);
    const std::string_view name = context.symbols.Value(labels, context.symbols.metric_name());
    if (absl::Status status = Raise(i, name, &context.annotations); !status.ok()) return status;
    if (function_.expects_counter && held_[i].results > 0) {
      SuspectNoCounter(labels, range_.position, context);
    }
  }
  return absl::OkStatus();
}

absl::Status RangeCallReader::CheckSampleLimit(const QueryBudget& budget) const {
  size_t results = 0;
  for (const RangeSamples& samples : held_) {
    const size_t reading = results + samples.largest_range;
    results += samples.results;
    const size_t held = std::max(reading, results + samples.last_range);
    absl::Status status = budget.CheckSamples(static_cast<int64_t>(held));
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace promlite::promql::internal
