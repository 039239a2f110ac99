#include "promlite/engine/promql/operators/binary/vector_binary.h"

#include <algorithm>
#include <bit>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "promlite/engine/blocks/block.h"
#include "promlite/engine/blocks/parallel_loops.h"
#include "promlite/engine/promql/metric_name_removal.h"
#include "promlite/engine/promql/operators/binary/binary.h"
#include "promlite/engine/promql/operators/binary/mixed_binary.h"

namespace promlite::promql::internal {
namespace {

using Pair = VectorMatcher::Pair;

void KeepOnly(const std::vector<SymbolId>& names, LabelSetBuilder* labels) {
  const std::vector<SymbolPair> all(labels->pairs().begin(), labels->pairs().end());
  for (const SymbolPair& pair : all) {
    if (std::find(names.begin(), names.end(), pair.name) == names.end()) labels->Delete(pair.name);
  }
}

// What a many-to-one result must be unique by: its match group and its labels.
std::string ResultKey(uint32_t group, SymbolPairs labels) {
  std::string key(reinterpret_cast<const char*>(&group), sizeof(group));
  key.append(reinterpret_cast<const char*>(labels.data()), labels.size_bytes());
  return key;
}

// Two results of one match group with equal labels at one step: an error, also where a comparison
// would filter them out. The first step before `end`.
std::optional<MatchConflict> FindEqualResults(const VectorMatcher& matcher,
                                              const std::vector<Pair>& pairs,
                                              const SeriesSet& series, size_t end) {
  absl::flat_hash_map<std::string, size_t> first_of_key;
  absl::flat_hash_map<size_t, std::vector<size_t>> repeated;  // by the first of the equal pairs
  for (size_t i = 0; i < pairs.size(); ++i) {
    const auto [known, is_new] =
        first_of_key.try_emplace(ResultKey(pairs[i].group, series.labels(i)), i);
    if (!is_new) repeated[known->second].push_back(i);
  }
  const size_t words = matcher.many().words();
  std::vector<uint64_t> seen(words), bits(words);
  size_t first = end;
  for (const auto& [first_pair, others] : repeated) {
    std::fill(seen.begin(), seen.end(), 0);
    const auto note = [&](size_t pair) {
      const StepSpan span = matcher.MeetingSteps(pairs[pair], bits.data());
      ForEachWord(span.first, span.end, [&](size_t word, uint64_t) {
        if (const uint64_t twice = seen[word] & bits[word]; twice != 0) {
          first = std::min(first, word * 64 + static_cast<size_t>(std::countr_zero(twice)));
        }
        seen[word] |= bits[word];
      });
    };
    note(first_pair);
    for (const size_t pair : others) note(pair);
  }
  if (first == end) return std::nullopt;
  return MatchConflict{first,
                       absl::FailedPreconditionError("multiple matches for labels: grouping labels "
                                                     "must ensure unique matches")};
}

}  // namespace

std::string VectorBinaryOperator::Describe() const { return DescribeBinary(expr_); }

absl::StatusOr<Block> VectorBinaryOperator::Evaluate(ExecContext& context, const StepGrid& grid,
                                                     std::span<const Block* const> inputs) const {
  const VectorMatcher matcher(context.symbols, *expr_.matching, *inputs[0], *inputs[1]);
  if (inputs[0]->has_histograms() || inputs[1]->has_histograms() || operation_.drops_samples()) {
    return EvaluateMixed(context, matcher);
  }
  std::optional<MatchConflict> conflict = matcher.FindConflict();
  if (conflict && conflict->step == 0) return conflict->error;
  const size_t end = conflict ? conflict->step : grid.steps();
  const std::vector<Pair> pairs = matcher.FindPairs(end);
  SeriesSet series = ResultSeries(context, matcher, pairs);
  if (expr_.matching->cardinality != MatchCardinality::kOneToOne) {
    if (auto equal = FindEqualResults(matcher, pairs, series, end)) conflict = std::move(equal);
  }

  // Where the one side changes its series often, pairs are many more than rows: better to ask
  // before there is no memory.
  const auto bytes = static_cast<int64_t>(pairs.size() * grid.steps() * sizeof(double));
  if (absl::Status status = context.budget.Hold(0, bytes); !status.ok()) {
    return conflict ? conflict->error : status;
  }
  (void)context.budget.Hold(0, -bytes);
  Block result(std::move(series), grid.steps());
  Compute(context, matcher, pairs, &result);
  if (conflict) return FirstError(context, *conflict, std::move(result));
  return FinishResult(context, std::move(result));
}

absl::StatusOr<Block> VectorBinaryOperator::EvaluateMixed(ExecContext& context,
                                                          const VectorMatcher& matcher) const {
  std::optional<MatchConflict> conflict = matcher.FindConflictOfOne();
  if (conflict && conflict->step == 0) return conflict->error;
  const size_t steps = matcher.many().steps();
  const size_t end = conflict ? conflict->step : steps;
  MixedBinary mixed(expr_, operation_, matcher, end);
  Block result(ResultSeries(context, matcher, mixed.pairs()), steps);
  StepProblems problems(steps);
  mixed.Calculate(&result, &problems);
  if (auto equal = mixed.FindConflict(result.series, end)) conflict = std::move(equal);
  if (conflict) return FirstError(context, *conflict, std::move(result));
  problems.Raise(expr_, context);
  return FinishResult(context, std::move(result));
}

absl::Status VectorBinaryOperator::FirstError(ExecContext& context, const MatchConflict& conflict,
                                              Block result) const {
  for (size_t row = 0; row < result.rows(); ++row) {
    const StepSpan span = result.span(row);
    for (size_t step = std::max<size_t>(span.first, conflict.step); step < span.end; ++step) {
      ClearBit(result.presence(row), step);
    }
    result.TightenSpan(row);
    std::vector<HistogramCell> before;
    for (const HistogramCell& cell : result.histograms(row)) {
      if (cell.step < conflict.step) before.push_back(cell);
    }
    if (!result.histograms(row).empty()) result.SetHistograms(row, std::move(before));
  }
  const absl::StatusOr<Block> finished = FinishResult(context, std::move(result));
  return finished.ok() ? conflict.error : finished.status();
}

absl::StatusOr<Block> VectorBinaryOperator::FinishResult(ExecContext& context, Block result) const {
  result.RemoveEmptyRows();
  // Under delayed name removal an instant query looks for equal series at its very end only.
  if (!context.settings.options.delayed_name_removal || result.steps() > 1) {
    if (absl::Status status = MergeEqualSeries(context, &result); !status.ok()) return status;
  }
  return result;
}

SeriesSet VectorBinaryOperator::ResultSeries(ExecContext& context, const VectorMatcher& matcher,
                                             const std::vector<Pair>& pairs) const {
  const VectorMatching& matching = *expr_.matching;
  QuerySymbols& symbols = context.symbols;
  // Arithmetic drops the name at once, even under delayed name removal; `bool` then only marks it.
  const bool delayed = context.settings.options.delayed_name_removal;
  std::vector<SymbolId> listed, include;
  for (const std::string& label : matching.labels) listed.push_back(symbols.Intern(label));
  for (const std::string& label : matching.include) include.push_back(symbols.Intern(label));

  SeriesSet series;
  LabelSetBuilder labels(symbols);
  for (const Pair& pair : pairs) {
    labels.Reset(matcher.ManyLabels(pair));
    // Before others are included: a name may be one of them, and stays.
    if (operation_.is_arithmetic() || (expr_.return_bool && !delayed)) {
      DeleteMetricName(symbols, &labels);
    }
    if (matching.cardinality == MatchCardinality::kOneToOne) {
      if (matching.on) {
        KeepOnly(listed, &labels);
      } else {
        for (const SymbolId label : listed) labels.Delete(label);
      }
    }
    const SymbolPairs one_labels = matcher.OneLabels(pair);
    for (const SymbolId label : include) {
      const SymbolId value = QuerySymbols::Find(one_labels, label);
      if (value.is_none()) {
        labels.Delete(label);
      } else {
        labels.Set(label, value);
      }
    }
    series.Add(labels.pairs(), delayed && expr_.return_bool);
  }
  return series;
}

void VectorBinaryOperator::Compute(ExecContext& context, const VectorMatcher& matcher,
                                   const std::vector<Pair>& pairs, Block* result) const {
  const size_t steps = result->steps();
  const std::vector<double> many_fill(matcher.many_fill() ? steps : 0,
                                      matcher.many_fill().value_or(0));
  const std::vector<double> one_fill(matcher.one_fill() ? steps : 0,
                                     matcher.one_fill().value_or(0));
  ForEachRow(context.threads, pairs.size(), steps, [&](size_t row) {
    const Pair& pair = pairs[row];
    result->span(row) = matcher.MeetingSteps(pair, result->presence(row));
    const double* many =
        pair.many == Pair::kFilled ? many_fill.data() : matcher.many().values(pair.many);
    const double* one =
        pair.one == Pair::kFilled ? one_fill.data() : matcher.one().values(pair.one);
    const double* lhs = matcher.one_is_left() ? one : many;
    const double* rhs = matcher.one_is_left() ? many : one;
    operation_.Apply(lhs, rhs, lhs, result, row);
  });
}

}  // namespace promlite::promql::internal
