#include "promlite/engine/operators/topk.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "promlite/engine/functions/sort_like_go.h"
#include "promlite/engine/operators/aggregate_parameter.h"
#include "promlite/engine/operators/sample_selection.h"
#include "promlite/engine/operators/step_ranges.h"
#include "promlite/engine/presence_runs.h"

namespace promlite::internal {
namespace {

struct Entry {
  double value;
  uint32_t row;
};

// topk: whether `a` is a worse candidate than `b`. NaN is worse than anything, another NaN too.
struct Smaller {
  static bool Worse(double a, double b) { return std::isnan(a) || a < b; }
  static bool Replaces(double candidate, double worst) {
    return worst < candidate || (std::isnan(worst) && !std::isnan(candidate));
  }
};
// bottomk.
struct Larger {
  static bool Worse(double a, double b) { return std::isnan(a) || a > b; }
  static bool Replaces(double candidate, double worst) {
    return worst > candidate || (std::isnan(worst) && !std::isnan(candidate));
  }
};

// The best entries of one group at one step, the worst of them at the root. The order of
// comparisons and exchanges is that of Go's container/heap, since it decides which of equal
// samples is replaced first.
template <typename Order>
class CandidateHeap {
 public:
  CandidateHeap(Entry* entries, uint32_t* size) : entries_(entries), size_(*size) {}

  void Offer(Entry candidate, size_t k) {
    if (size_ < k) {
      entries_[size_] = candidate;
      Up(size_++);
    } else if (Order::Replaces(candidate.value, entries_[0].value)) {
      entries_[0] = candidate;
      Down();
    }
  }

 private:
  bool Worse(size_t a, size_t b) const {
    return Order::Worse(entries_[a].value, entries_[b].value);
  }

  void Up(size_t at) {
    while (at > 0) {
      const size_t parent = (at - 1) / 2;
      if (!Worse(at, parent)) return;
      std::swap(entries_[at], entries_[parent]);
      at = parent;
    }
  }

  void Down() {
    size_t at = 0;
    for (;;) {
      size_t child = 2 * at + 1;
      if (child >= size_) return;
      if (child + 1 < size_ && Worse(child + 1, child)) ++child;
      if (!Worse(child, at)) return;
      std::swap(entries_[at], entries_[child]);
      at = child;
    }
  }

  Entry* const entries_;
  uint32_t& size_;
};

// How many samples to select at each step.
std::vector<size_t> Counts(const Block& parameter, size_t series) {
  std::vector<size_t> counts(parameter.steps());
  for (size_t step = 0; step < counts.size(); ++step) {
    const double k = std::trunc(parameter.values(0)[step]);
    counts[step] = k < 1 ? 0 : static_cast<size_t>(std::min(k, static_cast<double>(series)));
  }
  return counts;
}

// The groups' heaps at a few neighbouring steps.
template <typename Order>
class Selection {
 public:
  Selection(const Block& input, std::span<const uint32_t> groups, size_t group_count,
            std::span<const size_t> counts)
      : input_(input), groups_(groups), counts_(counts), begins_(group_count + 1) {
    const size_t most = *std::max_element(counts.begin(), counts.end());
    for (const uint32_t group : groups) ++begins_[group + 1];
    for (size_t group = 0; group < group_count; ++group) {
      begins_[group + 1] = begins_[group] + std::min(begins_[group + 1], most);
    }
    // As many steps at a time as keep the heaps in the cache.
    constexpr size_t kCachedEntries = 1 << 14;
    steps_at_a_time_ = std::clamp<size_t>(kCachedEntries / begins_.back(), 1, 64);
  }

  void Run(RowSpan steps, SampleSelection* selected, std::vector<size_t>* order) {
    entries_.resize(steps_at_a_time_ * begins_.back());
    for (size_t first = steps.first; first < steps.last; first += steps_at_a_time_) {
      const RowSpan some{static_cast<uint32_t>(first), static_cast<uint32_t>(std::min<size_t>(
                                                           steps.last, first + steps_at_a_time_))};
      sizes_.assign(steps_at_a_time_ * group_count(), 0);
      for (size_t row = 0; row < groups_.size(); ++row) OfferRow(row, some);
      for (size_t step = some.first; step < some.last; ++step) {
        SelectStep(step, step - some.first, selected, order);
      }
    }
  }

 private:
  size_t group_count() const { return begins_.size() - 1; }
  Entry* EntriesOf(size_t slot, size_t group) {
    return entries_.data() + slot * begins_.back() + begins_[group];
  }

  void OfferRow(size_t row, RowSpan steps) {
    const RowSpan span = Intersection(input_.span(row), steps);
    const uint32_t group = groups_[row];
    const double* values = input_.values(row);
    ForEachRun(input_.presence(row), span.first, span.last, [&](size_t first, size_t last) {
      for (size_t step = first; step < last; ++step) {
        if (counts_[step] == 0) continue;
        const size_t slot = step - steps.first;
        CandidateHeap<Order>(EntriesOf(slot, group), &sizes_[slot * group_count() + group])
            .Offer({values[step], static_cast<uint32_t>(row)}, counts_[step]);
      }
    });
  }

  void SelectStep(size_t step, size_t slot, SampleSelection* selected, std::vector<size_t>* order) {
    for (size_t group = 0; group < group_count(); ++group) {
      const Entry* entries = EntriesOf(slot, group);
      const size_t size = sizes_[slot * group_count() + group];
      for (size_t i = 0; i < size; ++i) selected->Select(entries[i].row, step);
      if (order == nullptr) continue;
      std::vector<Entry> best(entries, entries + size);
      SortLikeGo(&best,
                 [](const Entry& b, const Entry& a) { return Order::Worse(a.value, b.value); });
      for (const Entry& entry : best) order->push_back(entry.row);
    }
  }

  const Block& input_;
  const std::span<const uint32_t> groups_;
  const std::span<const size_t> counts_;  // k at each step
  std::vector<size_t> begins_;            // where the entries of each group begin, and the end
  size_t steps_at_a_time_ = 1;
  std::vector<Entry> entries_;   // step by step, group by group
  std::vector<uint32_t> sizes_;  // of the heaps
};

template <typename Order>
Block Select(ExecContext& context, const Block& input, std::span<const uint32_t> groups,
             size_t group_count, std::span<const size_t> counts) {
  SampleSelection selected(input);
  if (input.steps() == 1) {
    std::vector<size_t> order;
    Selection<Order>(input, groups, group_count, counts).Run({0, 1}, &selected, &order);
    selected.block().Reorder(order);
  } else {
    ForEachStepRange(context.workers, input.steps(), input.rows(), [&](RowSpan steps) {
      Selection<Order>(input, groups, group_count, counts).Run(steps, &selected, nullptr);
    });
  }
  return std::move(selected).Finish();
}

}  // namespace

absl::StatusOr<Block> TopkOperator::Evaluate(ExecContext& context, const StepGrid& grid,
                                             std::span<const Block* const> inputs) const {
  const Block& input = *inputs[0];
  const absl::StatusOr<ParameterVerdict> verdict = CheckCount(*inputs[1]);
  if (!verdict.ok()) return verdict.status();
  if (*verdict == ParameterVerdict::kEmptyResult || input.rows() == 0) return Block(grid.steps());
  Grouping grouping = MakeGrouping(context);
  const std::vector<uint32_t> groups = grouping.GroupsOf(input.series);
  const std::vector<size_t> counts = Counts(*inputs[1], input.rows());
  const auto is_looked_at = [&](const HistogramCell& cell) { return counts[cell.step] > 0; };
  for (size_t row = 0; row < input.rows(); ++row) {
    const auto cells = input.histograms(row);
    if (std::none_of(cells.begin(), cells.end(), is_looked_at)) continue;
    InfoIgnoredHistogram(AggregateName(expr_.op), expr_.position, context);
    break;
  }
  return expr_.op == AggregateOp::kTopk
             ? Select<Smaller>(context, input, groups, grouping.size(), counts)
             : Select<Larger>(context, input, groups, grouping.size(), counts);
}

}  // namespace promlite::internal
