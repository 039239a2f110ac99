#include "promlite/engine/promql/operators/aggregation/count_values.h"

#include <bit>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "promlite/engine/blocks/block.h"
#include "promlite/engine/histograms/text.h"
#include "promlite/parser/promql/ast.h"
#include "promlite/parser/text/number_printing.h"
#include "promlite/parser/text/quoting.h"
#include "promlite/parser/text/utf8.h"

namespace promlite::promql::internal {
namespace {

// Counts by result series: the groups of the input's labels with a value each.
class ValueCounts {
 public:
  ValueCounts(ExecContext& context, const std::vector<std::string>& grouping,
              Grouping::Labels which, const std::string& value_label)
      : symbols_(context.symbols),
        grouping_(context.symbols, grouping, which),
        value_label_(context.symbols.Intern(value_label)),
        labels_(context.symbols) {}

  void TakeRow(const Block& input, size_t row) {
    const SymbolPairs series = input.series.labels(row);
    const double* values = input.values(row);
    const StepSpan span = input.span(row);
    result_of_value_.clear();
    ForEachRun(input.presence(row), span.first, span.end, [&](size_t first, size_t run_end) {
      for (size_t step = first; step < run_end;) {
        const uint64_t bits = BitsOf(values[step]);
        size_t end = step + 1;
        while (end < run_end && BitsOf(values[end]) == bits) ++end;
        stretches_.push_back({ResultOf(series, values[step]), {step, end}});
        step = end;
      }
    });
    for (const HistogramCell& cell : input.histograms(row)) {
      stretches_.push_back(
          {ResultOfText(series, HistogramText(*cell.histogram)), {cell.step, cell.step + 1}});
    }
  }

  absl::StatusOr<Block> Finish(QueryBudget& budget, size_t steps) && {
    // Many different values make many rows: better to ask before there is no memory.
    const auto bytes = static_cast<int64_t>(grouping_.size() * steps * sizeof(double));
    if (absl::Status status = budget.Hold(0, bytes); !status.ok()) return status;
    (void)budget.Hold(0, -bytes);
    Block result(grouping_.groups(), steps);
    for (const Stretch& stretch : stretches_) {
      for (size_t step = stretch.steps.first; step < stretch.steps.end; ++step) {
        const bool counted = result.present(stretch.result, step);
        const double before = counted ? result.values(stretch.result)[step] : 0;
        result.Set(stretch.result, step, before + 1);
      }
    }
    return result;
  }

 private:
  // Neighbouring steps at which a series has one value.
  struct Stretch {
    uint32_t result;
    StepSpan steps;
  };

  // All NaN are one value.
  static uint64_t BitsOf(double value) {
    return std::isnan(value) ? ~uint64_t{0} : std::bit_cast<uint64_t>(value);
  }

  uint32_t ResultOf(SymbolPairs series, double value) {
    const auto [known, is_new] = result_of_value_.try_emplace(BitsOf(value), 0);
    if (is_new) known->second = ResultOfText(series, GoFixed(value));
    return known->second;
  }

  uint32_t ResultOfText(SymbolPairs series, const std::string& value) {
    labels_.Reset(series);
    labels_.Set(value_label_, symbols_.Intern(value));
    return grouping_.GroupOf(labels_.pairs());
  }

  QuerySymbols& symbols_;
  Grouping grouping_;
  const SymbolId value_label_;
  LabelSetBuilder labels_;
  absl::flat_hash_map<uint64_t, uint32_t> result_of_value_;  // of one input series
  std::vector<Stretch> stretches_;
};

}  // namespace

const std::string& CountValuesOperator::ValueLabel() const {
  return As<StringLiteral>(Unparenthesized(*expr_.parameter)).value;
}

absl::Status CountValuesOperator::Check() const {
  const std::string& label = ValueLabel();
  if (IsValidName(label)) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat("invalid label name ", DoubleQuoted(label)));
}

absl::StatusOr<Block> CountValuesOperator::Evaluate(ExecContext& context, const StepGrid& grid,
                                                    std::span<const Block* const> inputs) const {
  const std::string& label = ValueLabel();
  std::vector<std::string> grouping = expr_.grouping;
  if (!expr_.without) grouping.push_back(label);
  ValueCounts counts(context, grouping,
                     expr_.without ? Grouping::Labels::kAllExcept : Grouping::Labels::kOnly, label);
  for (size_t row = 0; row < inputs[0]->rows(); ++row) counts.TakeRow(*inputs[0], row);
  return std::move(counts).Finish(context.budget, grid.steps());
}

}  // namespace promlite::promql::internal
