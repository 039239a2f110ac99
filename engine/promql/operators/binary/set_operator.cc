#include "promlite/engine/promql/operators/binary/set_operator.h"

#include <utility>
#include <vector>

#include "promlite/engine/blocks/block.h"
#include "promlite/engine/promql/metric_name_removal.h"
#include "promlite/engine/promql/operators/binary/binary.h"

namespace promlite::promql::internal {
namespace {

// The steps at which each match group has a sample.
class GroupSteps {
 public:
  GroupSteps(const Block& block, std::span<const uint32_t> group_of_row, size_t groups)
      : words_(block.words()), bits_(groups * words_) {
    const SamplePresence presence(block);
    for (size_t row = 0; row < block.rows(); ++row) {
      uint64_t* bits = bits_.data() + group_of_row[row] * words_;
      const StepSpan span = presence.span(row);
      ForEachWord(span.first, span.end, [&](size_t word, uint64_t mask) {
        bits[word] |= presence.bits(row)[word] & mask;
      });
    }
  }

  const uint64_t* operator[](size_t group) const { return bits_.data() + group * words_; }

 private:
  const size_t words_;
  std::vector<uint64_t> bits_;
};

enum class Keep { kAll, kMatched, kUnmatched };

// Copies the samples of `from` whose group is, or is not, in `steps`, behind row `first_row`.
void CopyRows(const Block& from, std::span<const uint32_t> group_of_row, const GroupSteps& steps,
              Keep keep, Block* to, size_t first_row) {
  for (size_t row = 0; row < from.rows(); ++row) {
    const size_t to_row = first_row + row;
    to->CopyRow(to_row, from, row);
    if (keep == Keep::kAll) continue;
    const uint64_t* met = steps[group_of_row[row]];
    const StepSpan span = to->span(to_row);
    ForEachWord(span.first, span.end, [&](size_t word, uint64_t) {
      to->presence(to_row)[word] &= keep == Keep::kMatched ? met[word] : ~met[word];
    });
    if (from.histograms(row).empty()) continue;
    std::vector<HistogramCell> kept;
    for (const HistogramCell& cell : from.histograms(row)) {
      if (TestBit(met, cell.step) == (keep == Keep::kMatched)) kept.push_back(cell);
    }
    to->SetHistograms(to_row, std::move(kept));
  }
}

void AddSeries(const SeriesSet& from, SeriesSet* to) {
  for (size_t row = 0; row < from.size(); ++row) to->Add(from.labels(row), from.drop_name(row));
}

}  // namespace

std::string SetOperator::Describe() const { return DescribeBinary(expr_); }

absl::StatusOr<Block> SetOperator::Evaluate(ExecContext& context, const StepGrid& grid,
                                            std::span<const Block* const> inputs) const {
  const Block& lhs = *inputs[0];
  const Block& rhs = *inputs[1];
  const MatchGroups groups =
      FindMatchGroups(context.symbols, *expr_.matching, lhs.series, rhs.series);
  SeriesSet series = lhs.series;
  if (expr_.op == BinaryOp::kOr) AddSeries(rhs.series, &series);
  Block result(std::move(series), grid.steps());
  if (expr_.op == BinaryOp::kOr) {
    const GroupSteps left_steps(lhs, groups.lhs, groups.size());
    CopyRows(lhs, groups.lhs, left_steps, Keep::kAll, &result, 0);
    CopyRows(rhs, groups.rhs, left_steps, Keep::kUnmatched, &result, lhs.rows());
  } else {
    const GroupSteps right_steps(rhs, groups.rhs, groups.size());
    const Keep keep = expr_.op == BinaryOp::kAnd ? Keep::kMatched : Keep::kUnmatched;
    CopyRows(lhs, groups.lhs, right_steps, keep, &result, 0);
  }
  result.RemoveEmptyRows();
  // Only a series of the right can be equal to one of the left. Under delayed name removal an
  // instant query looks for equal series at its very end only.
  const bool looks_later = context.settings.options.delayed_name_removal && grid.steps() == 1;
  if (expr_.op == BinaryOp::kOr && !looks_later) {
    if (absl::Status status = MergeEqualSeries(context, &result); !status.ok()) return status;
  }
  return result;
}

}  // namespace promlite::promql::internal
