#include "promlite/engine/promql/operators/aggregation/limit.h"

#include <xxhash.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "promlite/engine/blocks/block.h"
#include "promlite/engine/blocks/parallel_loops.h"
#include "promlite/engine/promql/operators/aggregation/aggregate_parameter.h"

namespace promlite::promql::internal {
namespace {

// The result of an aggregation that selects samples of its input, with their labels: begins empty.
class SampleSelection {
 public:
  explicit SampleSelection(const Block& input)
      : input_(input), result_(input.series, input.steps()) {
    for (size_t row = 0; row < input.rows(); ++row) result_.span(row) = input.span(row);
    if (input.has_histograms()) selected_histograms_.resize(input.rows() * input.words());
  }

  // From threads side by side only for steps of different words of presence bits.
  void Select(size_t row, size_t step) {
    if (!input_.present(row, step)) {
      SetBit(selected_histograms_.data() + row * input_.words(), step);
      return;
    }
    SetBit(result_.presence(row), step);
    result_.values(row)[step] = input_.values(row)[step];
  }

  Block Finish() && {
    if (input_.has_histograms()) SelectHistograms();
    result_.RemoveEmptyRows();
    return std::move(result_);
  }

 private:
  void SelectHistograms() {
    for (size_t row = 0; row < input_.rows(); ++row) {
      for (const HistogramCell& cell : input_.histograms(row)) {
        if (!TestBit(selected_histograms_.data() + row * input_.words(), cell.step)) continue;
        result_.SetHistogram(row, cell.step, cell.histogram);
      }
    }
  }

  const Block& input_;
  Block result_;
  std::vector<uint64_t> selected_histograms_;  // bits, if the input has any
};

void AppendWithLength(std::string_view text, std::string* bytes) {
  const size_t length = text.size();
  if (length < 255) {
    bytes->push_back(static_cast<char>(length));
  } else {
    bytes->push_back(static_cast<char>(255));
    for (int shift = 0; shift < 24; shift += 8)
      bytes->push_back(static_cast<char>(length >> shift));
  }
  bytes->append(text);
}

}  // namespace

double SampleOffset(const QuerySymbols& symbols, SymbolPairs labels) {
  std::string bytes;
  for (const SymbolPair& pair : labels) {
    AppendWithLength(symbols.Text(pair.name), &bytes);
    AppendWithLength(symbols.Text(pair.value), &bytes);
  }
  return static_cast<double>(XXH64(bytes.data(), bytes.size(), 0)) /
         static_cast<double>(~uint64_t{0});
}

absl::StatusOr<Block> LimitkOperator::Evaluate(ExecContext& context, const StepGrid& grid,
                                               std::span<const Block* const> inputs) const {
  const Block& input = *inputs[0];
  const absl::StatusOr<ParameterVerdict> verdict = CheckCount(*inputs[1]);
  if (!verdict.ok()) return verdict.status();
  if (*verdict == ParameterVerdict::kEmptyResult) return Block(grid.steps());
  Grouping grouping = MakeGrouping(context);
  const std::vector<uint32_t> groups = grouping.GroupsOf(input.series);
  const double* counts = inputs[1]->values(0);
  const SamplePresence presence(input);
  SampleSelection selected(input);
  ForEachStepRange(context.threads, input.steps(), input.rows(), [&](StepSpan range) {
    for (size_t begin = range.first; begin < range.end; begin += 64) {
      const StepSpan steps{begin, std::min(range.end, begin + 64)};
      const size_t width = steps.size();
      std::vector<uint32_t> taken(grouping.size() * width);
      for (size_t row = 0; row < input.rows(); ++row) {
        const StepSpan span = Intersection(presence.span(row), steps);
        uint32_t* taken_of_group = taken.data() + groups[row] * width;
        ForEachRun(presence.bits(row), span.first, span.end, [&](size_t first, size_t end) {
          for (size_t step = first; step < end; ++step) {
            // Whole ones only: 2.9 takes two.
            if (taken_of_group[step - begin] + 1 > counts[step]) continue;
            ++taken_of_group[step - begin];
            selected.Select(row, step);
          }
        });
      }
    }
  });
  return std::move(selected).Finish();
}

absl::StatusOr<Block> LimitRatioOperator::Evaluate(ExecContext& context, const StepGrid& grid,
                                                   std::span<const Block* const> inputs) const {
  const Block& input = *inputs[0];
  const absl::StatusOr<ParameterVerdict> verdict =
      CheckRatio(*inputs[1], Unparenthesized(*expr_.parameter).position, context);
  if (!verdict.ok()) return verdict.status();
  if (*verdict == ParameterVerdict::kEmptyResult) return Block(grid.steps());
  std::vector<double> ratios(inputs[1]->values(0), inputs[1]->values(0) + grid.steps());
  for (double& ratio : ratios) ratio = std::clamp(ratio, -1.0, 1.0);
  const SamplePresence presence(input);
  SampleSelection selected(input);
  ForEachRow(context.threads, input.rows(), grid.steps(), [&](size_t row) {
    const double offset = SampleOffset(context.symbols, input.series.labels(row));
    const StepSpan span = presence.span(row);
    ForEachRun(presence.bits(row), span.first, span.end, [&](size_t first, size_t end) {
      for (size_t step = first; step < end; ++step) {
        const double ratio = ratios[step];
        if (ratio >= 0 ? offset < ratio : offset >= 1.0 + ratio) selected.Select(row, step);
      }
    });
  });
  return std::move(selected).Finish();
}

}  // namespace promlite::promql::internal
