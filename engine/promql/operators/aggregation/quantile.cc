#include "promlite/engine/promql/operators/aggregation/quantile.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "promlite/engine/blocks/block.h"
#include "promlite/engine/blocks/parallel_loops.h"
#include "promlite/engine/kernels/quantile_rank.h"
#include "promlite/engine/promql/operators/aggregation/aggregate_parameter.h"
#include "promlite/parser/promql/ast.h"

namespace promlite::promql::internal {
namespace {

// The quantile of `count` samples, at least one, which are put in another order.
double QuantileOf(double quantile, ExactRank exact_rank, double* samples, size_t count) {
  const auto smaller = [](double a, double b) { return std::isnan(a) ? !std::isnan(b) : a < b; };
  if (std::any_of(samples, samples + count, [](double x) { return x == 0 && std::signbit(x); })) {
    // 0 and -0 are equal: they stay as they came, as Prometheus' sort leaves a few.
    std::stable_sort(samples, samples + count, smaller);
    return QuantileOfOrdered(quantile, count, exact_rank, [&](size_t k) { return samples[k]; });
  }
  size_t placed = 0;  // those before are in order enough: none is larger than those behind
  return QuantileOfOrdered(quantile, count, exact_rank, [&](size_t k) {
    std::nth_element(samples + placed, samples + k, samples + count, smaller);
    placed = k;
    return samples[k];
  });
}

// Brings the samples of each group and step together, a few steps at a time.
class Quantiles {
 public:
  Quantiles(const Block& input, std::span<const uint32_t> groups, size_t group_count,
            ExactRank exact_rank)
      : input_(input), groups_(groups), exact_rank_(exact_rank), begins_(group_count + 1) {
    for (const uint32_t group : groups) ++begins_[group + 1];
    for (size_t group = 0; group < group_count; ++group) begins_[group + 1] += begins_[group];
    constexpr size_t kCachedSamples = 1 << 14;
    steps_at_a_time_ =
        std::clamp<size_t>(kCachedSamples / std::max<size_t>(1, groups.size()), 1, 64);
  }

  void Run(StepSpan steps, const double* quantiles, Block* result) {
    samples_.resize(steps_at_a_time_ * groups_.size());
    for (size_t first = steps.first; first < steps.end; first += steps_at_a_time_) {
      const StepSpan some{first, std::min(steps.end, first + steps_at_a_time_)};
      counts_.assign(steps_at_a_time_ * group_count(), 0);
      for (size_t row = 0; row < groups_.size(); ++row) TakeRow(row, some);
      for (size_t step = some.first; step < some.end; ++step) {
        for (size_t group = 0; group < group_count(); ++group) {
          const size_t count = CountOf(step - some.first, group);
          if (count == 0) continue;
          SetBit(result->presence(group), step);
          result->values(group)[step] =
              QuantileOf(quantiles[step], exact_rank_, SamplesOf(step - some.first, group), count);
        }
      }
    }
  }

 private:
  size_t group_count() const { return begins_.size() - 1; }
  double* SamplesOf(size_t slot, size_t group) {
    return samples_.data() + slot * groups_.size() + begins_[group];
  }
  uint32_t& CountOf(size_t slot, size_t group) { return counts_[slot * group_count() + group]; }

  void TakeRow(size_t row, StepSpan steps) {
    const StepSpan span = Intersection(input_.span(row), steps);
    const uint32_t group = groups_[row];
    ForEachRun(input_.presence(row), span.first, span.end, [&](size_t first, size_t end) {
      for (size_t step = first; step < end; ++step) {
        const size_t slot = step - steps.first;
        SamplesOf(slot, group)[CountOf(slot, group)++] = input_.values(row)[step];
      }
    });
  }

  const Block& input_;
  const std::span<const uint32_t> groups_;
  const ExactRank exact_rank_;
  std::vector<size_t> begins_;  // where the samples of each group begin, and the end
  size_t steps_at_a_time_ = 1;
  std::vector<double> samples_;   // step by step, group by group
  std::vector<uint32_t> counts_;  // how many there are of each group at each step
};

}  // namespace

absl::StatusOr<Block> QuantileOperator::Evaluate(ExecContext& context, const StepGrid& grid,
                                                 std::span<const Block* const> inputs) const {
  const Block& input = *inputs[0];
  const Block& parameter = *inputs[1];
  CheckQuantile(parameter, Unparenthesized(*expr_.parameter).position, context);
  Grouping grouping = MakeGrouping(context);
  const std::vector<uint32_t> groups = grouping.GroupsOf(input.series);
  GroupNameMarks marks(grouping.size());
  for (size_t row = 0; row < groups.size(); ++row) {
    marks.Note(groups[row], input.series.drop_name(row), input, row);
  }
  SeriesSet series;
  for (size_t group = 0; group < grouping.size(); ++group) {
    series.Add(grouping.groups().labels(group), marks.IsMarked(group));
  }
  Block result(std::move(series), grid.steps());
  for (size_t row = 0; row < groups.size(); ++row) {
    result.span(groups[row]) = Union(result.span(groups[row]), input.span(row));
  }
  const ExactRank exact_rank = context.settings.options.compatibility == Compatibility::kPrometheus2
                                   ? ExactRank::kLiesOnTheLine
                                   : ExactRank::kIsTheSample;
  ForEachStepRange(context.threads, grid.steps(), input.rows(), [&](StepSpan steps) {
    Quantiles(input, groups, grouping.size(), exact_rank).Run(steps, parameter.values(0), &result);
  });
  result.RemoveEmptyRows();
  for (size_t row = 0; row < input.rows(); ++row) {
    if (input.histograms(row).empty()) continue;
    InfoIgnoredHistogram("quantile", Unparenthesized(*expr_.expr).position, context);
    break;
  }
  return result;
}

}  // namespace promlite::promql::internal
