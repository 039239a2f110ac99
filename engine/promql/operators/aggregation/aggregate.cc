#include "promlite/engine/promql/operators/aggregation/aggregate.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "promlite/engine/blocks/parallel_loops.h"
#include "promlite/engine/kernels/fold_rows.h"
#include "promlite/engine/promql/operators/aggregation/count_values.h"
#include "promlite/engine/promql/operators/aggregation/histogram_fold.h"
#include "promlite/engine/promql/operators/aggregation/limit.h"
#include "promlite/engine/promql/operators/aggregation/quantile.h"
#include "promlite/engine/promql/operators/aggregation/topk.h"
#include "promlite/parser/text/absl_compat.h"

namespace promlite::promql::internal {

namespace {

FoldKind KindOf(AggregateOp op, Compatibility compatibility) {
  const bool compensated = compatibility != Compatibility::kPrometheus2;
  switch (op) {
    case AggregateOp::kSum:
      return compensated ? FoldKind::kSum : FoldKind::kPlainSum;
    case AggregateOp::kAvg:
      return compensated ? FoldKind::kAvg : FoldKind::kMovingMean;
    case AggregateOp::kMin:
      return FoldKind::kMin;
    case AggregateOp::kMax:
      return FoldKind::kMax;
    case AggregateOp::kCount:
      return FoldKind::kCount;
    case AggregateOp::kStddev:
      return FoldKind::kStddev;
    case AggregateOp::kStdvar:
      return FoldKind::kStdvar;
    default:
      return FoldKind::kGroup;
  }
}

// What the groups have taken in so far. A group's cells are touched (and set to the fold's initial
// numbers) only within the span of steps in which its series live.
class Fold {
 public:
  Fold(FoldKind kind, size_t groups, size_t steps)
      : kernels_(FindFoldKernels(kind)),
        cells_{Block(steps), Block(steps), Block(steps)},
        marks_(groups),
        seen_(groups) {
    for (int i = 0; i < kernels_.rows; ++i) cells_[i].AllocateRows(groups);
  }

  // Takes in the rows [0, groups.size()) of `rows`, row i into group groups[i].
  void Add(ThreadPool& pool, const Block& rows, std::span<const uint32_t> groups) {
    grown_.clear();
    for (size_t row = 0; row < groups.size(); ++row) {
      NoteOrder(rows, row, groups[row]);
      Grow(groups[row], rows.span(row));
    }
    ForEachStepRange(pool, rows.steps(), groups.size(), [&](StepSpan steps) {
      for (const auto& [group, span] : grown_) Begin(group, Intersection(span, steps));
      for (size_t row = 0; row < groups.size(); ++row) AddRow(rows, row, groups[row], steps);
    });
  }

  // Takes in a histogram cell as one more sample, whatever its value.
  void AddSample(uint32_t group, uint32_t step) {
    grown_.clear();
    Grow(group, {step, step + 1});
    for (const auto& [grown_group, span] : grown_) Begin(grown_group, span);
    SetBit(cells_[0].presence(group), step);
    const double any_value = 0;
    kernels_.add(&any_value, 1, CellsAt(group, step));
  }

  const Block& numbers() const { return cells_[0]; }

  void NoteNameMark(const Block& rows, size_t row, uint32_t group, bool marked) {
    marks_.Note(group, marked, rows, row);
  }

  // `histograms`, if given, adds its results.
  Block Finish(ThreadPool& pool, const SeriesSet& groups, HistogramFold* histograms) && {
    Block& result = cells_[0];
    if (kernels_.finish != nullptr) {
      ForEachRow(pool, groups.size(), result.steps(), [&](size_t group) {
        const StepSpan span = result.span(group);
        if (!span.empty()) kernels_.finish(span.end - span.first, CellsAt(group, span.first));
      });
    }
    for (size_t group = 0; group < groups.size(); ++group) {
      result.series.Add(groups.labels(group), marks_.IsMarked(group));
    }
    if (histograms != nullptr) histograms->Finish(&result);
    if (!std::is_sorted(order_.begin(), order_.end())) result.Reorder(order_);
    result.RemoveEmptyRows();
    return std::move(result);
  }

 private:
  FoldCells CellsAt(size_t group, size_t step) {
    return {cells_[0].values(group) + step,
            kernels_.rows > 1 ? cells_[1].values(group) + step : nullptr,
            kernels_.rows > 2 ? cells_[2].values(group) + step : nullptr};
  }

  // Groups stand in the order of the first series that has any sample, as in Prometheus, which has
  // no series without.
  void NoteOrder(const Block& rows, size_t row, uint32_t group) {
    if (seen_[group] || (rows.CountPresent(row) == 0 && rows.histograms(row).empty())) return;
    seen_[group] = true;
    order_.push_back(group);
  }

  // Widens a group's span to hold another, and notes the steps that are new in it.
  void Grow(uint32_t group, StepSpan span) {
    if (span.empty()) return;
    StepSpan& known = cells_[0].span(group);
    if (known.empty()) {
      grown_.push_back({group, span});
      known = span;
      return;
    }
    if (span.first < known.first) {
      grown_.push_back({group, {span.first, known.first}});
      known.first = span.first;
    }
    if (span.end > known.end) {
      grown_.push_back({group, {known.end, span.end}});
      known.end = span.end;
    }
  }

  void Begin(uint32_t group, StepSpan span) {
    if (span.empty()) return;
    for (int i = 0; i < kernels_.rows; ++i) {
      std::fill(cells_[i].values(group) + span.first, cells_[i].values(group) + span.end,
                kernels_.initial[i]);
    }
  }

  void AddRow(const Block& rows, size_t row, uint32_t group, StepSpan steps) {
    const StepSpan span = Intersection(rows.span(row), steps);
    if (span.empty()) return;
    const uint64_t* from = rows.presence(row);
    uint64_t* to = cells_[0].presence(group);
    ForEachWord(span.first, span.end,
                [&](size_t word, uint64_t mask) { to[word] |= from[word] & mask; });
    const double* values = rows.values(row);
    ForEachRun(from, span.first, span.end, [&](size_t first, size_t end) {
      kernels_.add(values + first, end - first, CellsAt(group, first));
    });
  }

  struct Grown {
    uint32_t group;
    StepSpan span;
  };

  const FoldKernels kernels_;
  Block cells_[3];  // one row of numbers each; the first carries spans and presence
  GroupNameMarks marks_;
  std::vector<Grown> grown_;
  std::vector<bool> seen_;
  std::vector<size_t> order_;
};

void NoteNameMarks(const SeriesSet& series, size_t first_series, const Block& rows,
                   std::span<const uint32_t> groups, Fold* fold) {
  for (size_t row = 0; row < groups.size(); ++row) {
    fold->NoteNameMark(rows, row, groups[row], series.drop_name(first_series + row));
  }
}

// What an aggregation does with histograms among its samples.
enum class OnHistograms { kAdd, kCount, kIgnore };

OnHistograms OnHistogramsOf(AggregateOp op) {
  switch (op) {
    case AggregateOp::kSum:
    case AggregateOp::kAvg:
      return OnHistograms::kAdd;
    case AggregateOp::kCount:
    case AggregateOp::kGroup:
      return OnHistograms::kCount;
    default:
      return OnHistograms::kIgnore;
  }
}

// Folds the rows of an aggregation's input, batch by batch.
class RowFold {
 public:
  RowFold(const AggregateExpr& expr, ExecContext& context, size_t groups, size_t steps)
      : context_(context),
        expr_(expr),
        numbers_(KindOf(expr.op, context.settings.options.compatibility), groups, steps),
        group_count_(groups) {}

  // Row i of `rows` is series first_series + i, in group groups[i].
  void Add(const Block& rows, std::span<const uint32_t> groups, const SeriesSet& series,
           size_t first_series) {
    const bool any_histograms = rows.has_histograms();
    if (any_histograms && OnHistogramsOf(expr_.op) == OnHistograms::kAdd) {
      if (!histograms_) {
        histograms_.emplace(expr_.op == AggregateOp::kSum ? HistogramFold::Operation::kSum
                                                          : HistogramFold::Operation::kAvg,
                            group_count_);
      }
    }
    if (histograms_) {
      histograms_->Add(rows, groups, numbers_.numbers(), series, first_series, context_.symbols);
    }
    numbers_.Add(context_.threads, rows, groups);
    if (any_histograms && !histograms_) TakeHistograms(rows, groups);
    if (!context_.settings.options.delayed_name_removal) return;
    NoteNameMarks(series, first_series, rows, groups, &numbers_);
  }

  Block Finish(const SeriesSet& groups) && {
    const PositionRange position = Unparenthesized(*expr_.expr).position;
    if (ignored_) InfoIgnoredHistogram(AggregateName(expr_.op), position, context_);
    Block result =
        std::move(numbers_).Finish(context_.threads, groups, histograms_ ? &*histograms_ : nullptr);
    if (histograms_) histograms_->RaiseFindings(context_, position);
    return result;
  }

 private:
  void TakeHistograms(const Block& rows, std::span<const uint32_t> groups) {
    const bool counts = OnHistogramsOf(expr_.op) == OnHistograms::kCount;
    for (size_t row = 0; row < groups.size(); ++row) {
      for (const HistogramCell& cell : rows.histograms(row)) {
        if (counts) numbers_.AddSample(groups[row], cell.step);
        ignored_ |= !counts;
      }
    }
  }

  ExecContext& context_;
  const AggregateExpr& expr_;
  Fold numbers_;
  const size_t group_count_;
  std::optional<HistogramFold> histograms_;
  bool ignored_ = false;
};

// The aggregations that take in one sample after the other and keep a few numbers: sum, avg, count,
// min, max, group, stddev, stdvar. Series are taken in in their order, at every step, whatever the
// batches and however many threads: so results are the same to the bit.
class FoldOperator final : public RowAggregateOperator {
 public:
  using RowAggregateOperator::RowAggregateOperator;

 private:
  absl::StatusOr<Block> Aggregate(ExecContext& context, const StepGrid& grid,
                                  const SeriesSet& series, ReadRows read,
                                  const Block*) const override {
    Grouping grouping = MakeGrouping(context);
    const std::vector<uint32_t> groups = grouping.GroupsOf(series);
    RowFold fold(expr_, context, grouping.size(), grid.steps());
    const absl::Status status = read([&](const Block& rows, size_t first, size_t count) {
      fold.Add(rows, {groups.data() + first, count}, series, first);
    });
    if (!status.ok()) return status;
    return std::move(fold).Finish(grouping.groups());
  }
};

}  // namespace

std::string AggregateOperator::Describe() const {
  std::string text = absl::StrCat(Absl(AggregateName(expr_.op)));
  if (expr_.without || !expr_.grouping.empty()) {
    absl::StrAppend(&text, expr_.without ? " without (" : " by (",
                    absl::StrJoin(expr_.grouping, ", "), ")");
  }
  return text;
}

Grouping AggregateOperator::MakeGrouping(ExecContext& context) const {
  return Grouping(context.symbols, expr_.grouping,
                  expr_.without ? Grouping::Labels::kAllExcept : Grouping::Labels::kOnly);
}

absl::StatusOr<Block> RowAggregateOperator::Evaluate(ExecContext& context, const StepGrid& grid,
                                                     std::span<const Block* const> inputs) const {
  const Block& rows = *inputs[0];
  const auto read = [&](TakeRows take) {
    take(rows, 0, rows.rows());
    return absl::OkStatus();
  };
  return Aggregate(context, grid, rows.series, read, inputs.size() > 1 ? inputs[1] : nullptr);
}

absl::StatusOr<Block> RowAggregateOperator::EvaluateRows(
    ExecContext& context, const StepGrid& grid, RowReader& rows,
    std::span<const Block* const> inputs) const {
  const auto read = [&](TakeRows take) { return ForEachBatch(context, grid, rows, take); };
  return Aggregate(context, grid, rows.series(), read, inputs.size() > 1 ? inputs[1] : nullptr);
}

void InfoIgnoredHistogram(std::string_view aggregation, PositionRange position,
                          ExecContext& context) {
  context.annotations.Info(absl::StrCat("ignored histogram in ", Absl(aggregation), " aggregation"),
                           position);
}

std::unique_ptr<Operator> MakeAggregate(const AggregateExpr& expr) {
  switch (expr.op) {
    case AggregateOp::kTopk:
    case AggregateOp::kBottomk:
      return std::make_unique<TopkOperator>(expr);
    case AggregateOp::kCountValues:
      return std::make_unique<CountValuesOperator>(expr);
    case AggregateOp::kQuantile:
      return std::make_unique<QuantileOperator>(expr);
    case AggregateOp::kLimitk:
      return std::make_unique<LimitkOperator>(expr);
    case AggregateOp::kLimitRatio:
      return std::make_unique<LimitRatioOperator>(expr);
    default:
      return std::make_unique<FoldOperator>(expr);
  }
}

}  // namespace promlite::promql::internal
