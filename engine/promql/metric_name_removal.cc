#include "promlite/engine/promql/metric_name_removal.h"

#include <algorithm>
#include <span>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"

namespace promlite::promql::internal {
namespace {

// Equal label sets are equal bytes: pairs are sorted, and equal text is the equal symbol.
absl::string_view AsBytes(SymbolPairs labels) {
  return {reinterpret_cast<const char*>(labels.data()), labels.size_bytes()};
}

bool NumbersMeet(const Block& block, size_t a, size_t b) {
  const uint64_t* bits_a = block.presence(a);
  const uint64_t* bits_b = block.presence(b);
  for (size_t word = 0; word < block.words(); ++word) {
    if ((bits_a[word] & bits_b[word]) != 0) return true;
  }
  return false;
}

bool AtSameStep(const HistogramCell& a, const HistogramCell& b) { return a.step == b.step; }

// The histograms of two rows together.
std::vector<HistogramCell> MergedHistograms(const Block& block, size_t a, size_t b) {
  const std::span<const HistogramCell> of_a = block.histograms(a), of_b = block.histograms(b);
  std::vector<HistogramCell> merged(of_a.size() + of_b.size());
  std::merge(of_a.begin(), of_a.end(), of_b.begin(), of_b.end(), merged.begin(),
             [](const HistogramCell& x, const HistogramCell& y) { return x.step < y.step; });
  return merged;
}

// Whether two rows of equal labels have samples at one step that conflict.
bool MeetAtSomeStep(const Block& block, size_t a, size_t b) {
  if (NumbersMeet(block, a, b)) return true;
  if (!block.has_histograms()) return false;
  const std::vector<HistogramCell> merged = MergedHistograms(block, a, b);
  if (std::adjacent_find(merged.begin(), merged.end(), AtSameStep) != merged.end()) return true;
  const auto has_number_in = [&](size_t row) {
    return [&block, row](const HistogramCell& cell) { return block.present(row, cell.step); };
  };
  const auto of_a = block.histograms(a), of_b = block.histograms(b);
  return std::any_of(of_a.begin(), of_a.end(), has_number_in(b)) ||
         std::any_of(of_b.begin(), of_b.end(), has_number_in(a));
}

// Adds the cells of row `from` to row `to`, which has none at the same steps.
void MergeRow(Block* block, size_t to, size_t from) {
  const StepSpan span = block->span(from);
  for (size_t step = span.first; step < span.end; ++step) {
    if (block->present(from, step)) block->Set(to, step, block->values(from)[step]);
  }
  if (!block->histograms(from).empty()) {
    block->SetHistograms(to, MergedHistograms(*block, to, from));
  }
}

}  // namespace

void DeleteMetricName(const QuerySymbols& symbols, LabelSetBuilder* labels) {
  labels->Delete(symbols.metric_name());
  labels->Delete(symbols.type());
  labels->Delete(symbols.unit());
}

SeriesSet DropMetricName(const SeriesSet& series, const ExecContext& context) {
  SeriesSet dropped;
  std::vector<SymbolPair> kept;
  for (size_t row = 0; row < series.size(); ++row) {
    if (context.settings.options.delayed_name_removal) {
      dropped.Add(series.labels(row), /*drop_name=*/true);
      continue;
    }
    kept.clear();
    for (const SymbolPair& pair : series.labels(row)) {
      if (!context.symbols.IsMetadata(pair.name)) kept.push_back(pair);
    }
    dropped.Add(kept);
  }
  return dropped;
}

bool HasEqualLabels(const SeriesSet& series) {
  absl::flat_hash_set<absl::string_view> seen;
  seen.reserve(series.size());
  for (size_t row = 0; row < series.size(); ++row) {
    if (!seen.insert(AsBytes(series.labels(row))).second) return true;
  }
  return false;
}

absl::Status MergeEqualSeries(ExecContext&, Block* block) {
  absl::flat_hash_map<absl::string_view, size_t> first_row;
  first_row.reserve(block->rows());
  std::vector<size_t> kept;
  kept.reserve(block->rows());
  for (size_t row = 0; row < block->rows(); ++row) {
    if (block->RowIsEmpty(row)) continue;
    const auto [place, is_new] = first_row.try_emplace(AsBytes(block->series.labels(row)), row);
    if (is_new) {
      kept.push_back(row);
      continue;
    }
    const size_t first = place->second;
    if (MeetAtSomeStep(*block, first, row)) {
      return absl::FailedPreconditionError("vector cannot contain metrics with the same labelset");
    }
    MergeRow(block, first, row);
  }
  if (kept.size() != block->rows()) block->Reorder(kept);
  return absl::OkStatus();
}

absl::Status ApplyDelayedNameRemoval(ExecContext& context, Block* block) {
  SeriesSet series;
  LabelSetBuilder labels(context.symbols);
  bool changed = false;
  for (size_t row = 0; row < block->rows(); ++row) {
    labels.Reset(block->series.labels(row));
    if (block->series.drop_name(row)) {
      DeleteMetricName(context.symbols, &labels);
      changed = true;
    }
    series.Add(labels.pairs());
  }
  if (changed) block->series = std::move(series);
  return MergeEqualSeries(context, block);
}

}  // namespace promlite::promql::internal
