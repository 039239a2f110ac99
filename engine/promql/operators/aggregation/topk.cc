#include "promlite/engine/promql/operators/aggregation/topk.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>
#include <vector>

#include "promlite/engine/blocks/block.h"
#include "promlite/engine/blocks/parallel_loops.h"
#include "promlite/engine/promql/functions/sort_like_go.h"
#include "promlite/engine/promql/operators/aggregation/aggregate_parameter.h"

namespace promlite::promql::internal {
namespace {

struct Entry {
  double value = 0;
  uint32_t series = 0;
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

// The heaps of all groups at all steps.
template <typename Order>
class Selection {
 public:
  Selection(std::span<const uint32_t> groups, size_t group_count, std::span<const size_t> counts)
      : groups_(groups), counts_(counts), capacities_(group_count), begins_(group_count) {
    const size_t most = *std::max_element(counts.begin(), counts.end());
    for (const uint32_t group : groups) ++capacities_[group];
    size_t entries = 0;
    for (size_t group = 0; group < group_count; ++group) {
      capacities_[group] = std::min(capacities_[group], most);
      begins_[group] = entries;
      entries += capacities_[group] * steps();
    }
    entries_.resize(entries);
    sizes_.resize(group_count * steps());
  }

  // Offers series [first_series, first_series + count), which are the first rows of `rows`.
  void Offer(ThreadPool& pool, const Block& rows, size_t first_series, size_t count) {
    ForEachStepRange(pool, steps(), count, [&](StepSpan range) {
      for (size_t row = 0; row < count; ++row) OfferRow(rows, row, first_series + row, range);
    });
  }

  // The samples selected, of the series that have any: in the order of the input, or, of one step,
  // by group and the best first.
  Block Finish(const SeriesSet& input) {
    std::vector<uint32_t> order;
    if (steps() == 1) {
      order = BestFirst();
    } else {
      std::vector<bool> selected(input.size());
      ForEachEntry([&](const Entry& entry, size_t) { selected[entry.series] = true; });
      for (uint32_t i = 0; i < input.size(); ++i) {
        if (selected[i]) order.push_back(i);
      }
    }
    SeriesSet series;
    std::vector<uint32_t> row_of_series(input.size());
    for (uint32_t row = 0; row < order.size(); ++row) {
      row_of_series[order[row]] = row;
      series.Add(input.labels(order[row]), input.drop_name(order[row]));
    }
    Block result(std::move(series), steps());
    ForEachEntry([&](const Entry& entry, size_t step) {
      result.Set(row_of_series[entry.series], step, entry.value);
    });
    return result;
  }

 private:
  size_t steps() const { return counts_.size(); }
  size_t group_count() const { return capacities_.size(); }
  Entry* EntriesAt(size_t group, size_t step) {
    return entries_.data() + begins_[group] + step * capacities_[group];
  }

  void OfferRow(const Block& rows, size_t row, size_t series, StepSpan range) {
    const StepSpan span = Intersection(rows.span(row), range);
    const uint32_t group = groups_[series];
    const double* values = rows.values(row);
    ForEachRun(rows.presence(row), span.first, span.end, [&](size_t first, size_t end) {
      for (size_t step = first; step < end; ++step) {
        if (counts_[step] == 0) continue;
        CandidateHeap<Order>(EntriesAt(group, step), &sizes_[group * steps() + step])
            .Offer({values[step], static_cast<uint32_t>(series)}, counts_[step]);
      }
    });
  }

  template <typename Visit>
  void ForEachEntry(Visit visit) {
    for (size_t group = 0; group < group_count(); ++group) {
      for (size_t step = 0; step < steps(); ++step) {
        const Entry* entries = EntriesAt(group, step);
        const size_t size = sizes_[group * steps() + step];
        for (size_t i = 0; i < size; ++i) visit(entries[i], step);
      }
    }
  }

  std::vector<uint32_t> BestFirst() {
    std::vector<uint32_t> order;
    for (size_t group = 0; group < group_count(); ++group) {
      const Entry* entries = EntriesAt(group, 0);
      std::vector<Entry> best(entries, entries + sizes_[group]);
      SortLikeGo(&best,
                 [](const Entry& b, const Entry& a) { return Order::Worse(a.value, b.value); });
      for (const Entry& entry : best) order.push_back(entry.series);
    }
    return order;
  }

  const std::span<const uint32_t> groups_;  // of each series
  const std::span<const size_t> counts_;    // k at each step
  std::vector<size_t> capacities_;          // of each group's heaps
  std::vector<size_t> begins_;              // where its entries begin, step by step
  std::vector<Entry> entries_;
  std::vector<uint32_t> sizes_;  // of the heaps, group by group, step by step
};

// How many bytes the heaps take at most.
int64_t HeapBytes(std::span<const size_t> counts, size_t group_count, size_t series) {
  const double most = static_cast<double>(*std::max_element(counts.begin(), counts.end()));
  const double entries =
      std::min(most * static_cast<double>(group_count), static_cast<double>(series));
  return static_cast<int64_t>(entries * static_cast<double>(counts.size() * sizeof(Entry)));
}

template <typename Order, typename OfferAll>
absl::StatusOr<Block> Select(ExecContext& context, const SeriesSet& series, Grouping grouping,
                             std::span<const size_t> counts, OfferAll offer_all) {
  const std::vector<uint32_t> groups = grouping.GroupsOf(series);
  const int64_t bytes = HeapBytes(counts, grouping.size(), series.size());
  if (absl::Status status = context.budget.Hold(0, bytes); !status.ok()) return status;
  Selection<Order> selection(groups, grouping.size(), counts);
  const absl::Status offered = offer_all([&](const Block& rows, size_t first, size_t count) {
    selection.Offer(context.threads, rows, first, count);
  });
  if (!offered.ok()) return offered;
  Block result = selection.Finish(series);
  (void)context.budget.Hold(0, -bytes);
  return result;
}

// Whether any of the first `count` rows has a histogram where samples are looked for.
bool IgnoresHistogram(const Block& rows, size_t count, std::span<const size_t> counts) {
  for (size_t row = 0; row < count; ++row) {
    for (const HistogramCell& cell : rows.histograms(row)) {
      if (counts[cell.step] > 0) return true;
    }
  }
  return false;
}

}  // namespace

absl::StatusOr<Block> TopkOperator::Aggregate(ExecContext& context, const StepGrid&,
                                              const SeriesSet& series, ReadRows read,
                                              const Block* parameter) const {
  const absl::StatusOr<ParameterVerdict> verdict = CheckCount(*parameter);
  if (!verdict.ok()) return verdict.status();
  if (parameter->steps() == 0) return Block(0);
  const std::vector<size_t> counts = Counts(*parameter, series.size());
  bool ignored = false;
  const auto offer_all = [&](const auto& offer) {
    return read([&](const Block& rows, size_t first, size_t count) {
      ignored = ignored || IgnoresHistogram(rows, count, counts);
      offer(rows, first, count);
    });
  };
  absl::StatusOr<Block> result =
      expr_.op == AggregateOp::kTopk
          ? Select<Smaller>(context, series, MakeGrouping(context), counts, offer_all)
          : Select<Larger>(context, series, MakeGrouping(context), counts, offer_all);
  if (ignored) InfoIgnoredHistogram(AggregateName(expr_.op), expr_.position, context);
  return result;
}

}  // namespace promlite::promql::internal
