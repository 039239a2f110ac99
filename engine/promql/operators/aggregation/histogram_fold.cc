#include "promlite/engine/promql/operators/aggregation/histogram_fold.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "promlite/engine/blocks/block.h"

namespace promlite::promql::internal {

void HistogramFold::Add(const Block& rows, std::span<const uint32_t> groups, const Block& folded,
                        const SeriesSet& series, size_t first_series, const QuerySymbols& symbols) {
  // Groups that have their first histogram here: what numbers they had before is in the fold.
  for (size_t row = 0; row < groups.size(); ++row) {
    std::vector<uint64_t>& seen = number_seen_[groups[row]];
    if (rows.histograms(row).empty() || !seen.empty()) continue;
    seen.assign(folded.presence(groups[row]), folded.presence(groups[row]) + folded.words());
  }
  for (size_t row = 0; row < groups.size(); ++row) {
    const uint32_t group = groups[row];
    const std::string_view name =
        symbols.Value(series.labels(first_series + row), symbols.metric_name());
    for (const HistogramCell& cell : rows.histograms(row)) {
      AddHistogram(*cell.histogram, group, cell.step, name);
    }
    if (!number_seen_[group].empty()) NoteNumbers(rows, row, group);
  }
}

void HistogramFold::NoteNumbers(const Block& rows, size_t row, size_t group) {
  std::vector<uint64_t>& seen = number_seen_[group];
  const StepSpan span = rows.span(row);
  ForEachWord(span.first, span.end,
              [&](size_t word, uint64_t mask) { seen[word] |= rows.presence(row)[word] & mask; });
}

void HistogramFold::AddHistogram(const Histogram& histogram, size_t group, uint32_t step,
                                 std::string_view metric_name) {
  const auto [place, is_new] = groups_[group].try_emplace(step);
  Cell& cell = place->second;
  if (cell.incompatible) return;
  cell.saw_number |= TestBit(number_seen_[group].data(), step);
  if (is_new && cell.saw_number) return;
  if (!is_new && std::holds_alternative<std::monostate>(cell.sum)) return;
  cell.saw_reset |= histogram.hint == CounterResetHint::kReset;
  cell.saw_not_reset |= histogram.hint == CounterResetHint::kNotReset;
  if (is_new) {
    if (operation_ == Operation::kSum) {
      cell.sum.emplace<CompensatedHistogram>(histogram);
    } else {
      cell.sum.emplace<HistogramMean>(histogram);
    }
    return;
  }
  const HistogramMerge merge = operation_ == Operation::kSum
                                   ? std::get<CompensatedHistogram>(cell.sum).Add(histogram)
                                   : std::get<HistogramMean>(cell.sum).Add(histogram);
  findings_.AddIf(merge.bounds_reconciled, HistogramFinding::kAggregationReconciled);
  if (merge.compatible) return;
  cell.incompatible = true;
  if (std::find(mixed_schemas_.begin(), mixed_schemas_.end(), metric_name) ==
      mixed_schemas_.end()) {
    mixed_schemas_.emplace_back(metric_name);
  }
}

void HistogramFold::Finish(Block* result) {
  for (size_t group = 0; group < groups_.size(); ++group) {
    for (auto& [step, cell] : groups_[group]) {
      // Numbers behind the histogram that made the group incompatible do not count.
      const bool mixed =
          cell.saw_number || (!cell.incompatible && TestBit(number_seen_[group].data(), step));
      ClearBit(result->presence(group), step);
      findings_.AddIf(mixed, HistogramFinding::kMixedKindsInAggregation);
      if (mixed || cell.incompatible) continue;
      findings_.AddIf(cell.saw_reset && cell.saw_not_reset, HistogramFinding::kAggregationCollided);
      Histogram total = operation_ == Operation::kSum
                            ? std::get<CompensatedHistogram>(cell.sum).Total()
                            : std::get<HistogramMean>(cell.sum).Mean();
      RemoveEmptyBuckets(&total);
      result->SetHistogram(group, step, std::make_shared<const Histogram>(std::move(total)));
    }
  }
}

void HistogramFold::RaiseFindings(ExecContext& context, PositionRange position) const {
  findings_.Raise("", position, &context.annotations);
  HistogramFindings mixed_schemas;
  mixed_schemas.Add(HistogramFinding::kMixedSchemas);
  for (const std::string& metric_name : mixed_schemas_) {
    mixed_schemas.Raise(metric_name, position, &context.annotations);
  }
}

}  // namespace promlite::promql::internal
