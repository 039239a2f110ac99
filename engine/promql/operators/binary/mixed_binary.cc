#include "promlite/engine/promql/operators/binary/mixed_binary.h"

#include <algorithm>
#include <bit>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "promlite/engine/blocks/block.h"

namespace promlite::promql::internal {

MixedBinary::MixedBinary(const BinaryExpr& expr, const ElementOperation& operation,
                         const VectorMatcher& matcher, size_t end)
    : expr_(expr),
      operation_(operation),
      matcher_(matcher),
      pairs_(matcher.FindPairsOfMany(end)),
      many_fill_(matcher.many_fill() ? matcher.many().steps() : 0, matcher.many_fill().value_or(0)),
      one_fill_(matcher.one_fill() ? matcher.one().steps() : 0, matcher.one_fill().value_or(0)),
      scratch_(matcher.many().words()) {
  if (!matcher.many_fill()) return;
  // Where they meet is known only when all others have been tried.
  for (uint32_t row = 0; row < matcher.one().rows(); ++row) {
    pairs_.push_back({Pair::kFilled, row, matcher.GroupOfOne(row)});
  }
}

StepSpan MixedBinary::StepsOf(const Pair& pair) {
  if (pair.many != Pair::kFilled) return matcher_.MeetingSteps(pair, scratch_.data());
  const SamplePresence& presence = matcher_.one_presence();
  const StepSpan span = presence.span(pair.one);
  const auto group = group_met_.find(pair.group);
  ForEachWord(span.first, span.end, [&](size_t word, uint64_t) {
    scratch_[word] = presence.bits(pair.one)[word];
    if (group != group_met_.end()) scratch_[word] &= ~group->second[word];
  });
  return span;
}

void MixedBinary::Calculate(Block* result, StepProblems* problems) {
  met_.assign(pairs_.size(), {});
  for (size_t i = 0; i < pairs_.size(); ++i) {
    const StepSpan span = StepsOf(pairs_[i]);
    if (span.empty()) continue;
    met_[i].assign(scratch_.size(), 0);
    CalculateHistograms(i, span, result, problems);
    CalculateNumbers(i, span, result, problems);
    if (!matcher_.many_fill()) continue;
    std::vector<uint64_t>& group_met = group_met_[pairs_[i].group];
    group_met.resize(scratch_.size());
    for (size_t word = 0; word < group_met.size(); ++word) group_met[word] |= met_[i][word];
  }
}

Operand MixedBinary::OperandAt(const Block& block, uint32_t row, double fill, size_t step) const {
  if (row == Pair::kFilled) return {fill, nullptr};
  if (block.present(row, step)) return {block.values(row)[step], nullptr};
  return {0, block.histogram(row, step)};
}

HistogramOutcome MixedBinary::Operate(const Pair& pair, size_t step) const {
  const Operand many =
      OperandAt(matcher_.many(), pair.many, matcher_.many_fill().value_or(0), step);
  const Operand one = OperandAt(matcher_.one(), pair.one, matcher_.one_fill().value_or(0), step);
  return matcher_.one_is_left() ? OperateOnHistograms(expr_.op, one, many)
                                : OperateOnHistograms(expr_.op, many, one);
}

// The steps at which either sample is a histogram; takes them out of scratch_.
void MixedBinary::CalculateHistograms(size_t index, StepSpan span, Block* result,
                                      StepProblems* problems) {
  const Pair& pair = pairs_[index];
  std::vector<uint32_t> steps;
  const auto add_steps = [&](const Block& block, uint32_t row) {
    if (row == Pair::kFilled) return;
    for (const HistogramCell& cell : block.histograms(row)) {
      // Where a row has both kinds, its number counts.
      if (cell.step < span.first || cell.step >= span.end || block.present(row, cell.step)) {
        continue;
      }
      if (!TestBit(scratch_.data(), cell.step)) continue;
      ClearBit(scratch_.data(), cell.step);
      steps.push_back(cell.step);
    }
  };
  add_steps(matcher_.many(), pair.many);
  add_steps(matcher_.one(), pair.one);
  std::sort(steps.begin(), steps.end());
  const Block& left = matcher_.one_is_left() ? matcher_.one() : matcher_.many();
  const uint32_t left_row = matcher_.one_is_left() ? pair.one : pair.many;
  for (const uint32_t step : steps) {
    HistogramOutcome outcome = Operate(pair, step);
    problems->Note(step, outcome.problem);
    if (outcome.failed) continue;
    SetBit(met_[index].data(), step);
    if (expr_.return_bool) {
      result->Set(index, step, outcome.holds ? 1 : 0);
    } else if (outcome.histogram) {
      result->SetHistogram(index, step, std::move(outcome.histogram));
    } else if (outcome.holds) {
      const auto cells = left.histograms(left_row);
      const auto kept =
          std::lower_bound(cells.begin(), cells.end(), step,
                           [](const HistogramCell& c, uint32_t at) { return c.step < at; });
      result->SetHistogram(index, step, kept->histogram);
    }
  }
}

// What scratch_ has left: pairs of numbers.
void MixedBinary::CalculateNumbers(size_t index, StepSpan span, Block* result,
                                   StepProblems* problems) {
  const Pair& pair = pairs_[index];
  if (operation_.drops_samples()) {
    ForEachRun(scratch_.data(), span.first, span.end, [&](size_t first, size_t end) {
      for (size_t step = first; step < end; ++step) {
        problems->Note(step, BinaryProblem::kFloatFloat);
      }
    });
    return;
  }
  const double* many =
      pair.many == Pair::kFilled ? many_fill_.data() : matcher_.many().values(pair.many);
  const double* one =
      pair.one == Pair::kFilled ? one_fill_.data() : matcher_.one().values(pair.one);
  const double* lhs = matcher_.one_is_left() ? one : many;
  const double* rhs = matcher_.one_is_left() ? many : one;
  // In rows of their own, since those of the result may have 0 and 1 for histograms already.
  Block numbers(result->steps());
  numbers.AllocateRows(1);
  numbers.span(0) = span;
  ForEachWord(span.first, span.end, [&](size_t word, uint64_t mask) {
    numbers.presence(0)[word] = scratch_[word] & mask;
    met_[index][word] |= scratch_[word] & mask;
  });
  operation_.Apply(lhs, rhs, lhs, &numbers, 0);
  const StepSpan left = numbers.span(0);
  ForEachRun(numbers.presence(0), left.first, left.end, [&](size_t first, size_t end) {
    for (size_t step = first; step < end; ++step) {
      result->Set(index, step, numbers.values(0)[step]);
    }
  });
}

std::optional<MatchConflict> MixedBinary::FindConflict(const SeriesSet& series, size_t end) const {
  const bool one_to_one = expr_.matching->cardinality == MatchCardinality::kOneToOne;
  absl::flat_hash_map<std::string, std::vector<uint64_t>> seen;
  size_t first = end;
  for (size_t i = 0; i < pairs_.size(); ++i) {
    if (met_[i].empty()) continue;
    std::string key(reinterpret_cast<const char*>(&pairs_[i].group), sizeof(uint32_t));
    const SymbolPairs labels = series.labels(i);
    if (!one_to_one) key.append(reinterpret_cast<const char*>(labels.data()), labels.size_bytes());
    std::vector<uint64_t>& bits = seen[key];
    bits.resize(met_[i].size());
    for (size_t word = 0; word < bits.size(); ++word) {
      if (const uint64_t twice = bits[word] & met_[i][word]; twice != 0) {
        first = std::min(first, word * 64 + static_cast<size_t>(std::countr_zero(twice)));
      }
      bits[word] |= met_[i][word];
    }
  }
  if (first == end) return std::nullopt;
  return MatchConflict{
      first, absl::FailedPreconditionError(
                 one_to_one ? "multiple matches for labels: many-to-one matching must be explicit "
                              "(group_left/group_right)"
                            : "multiple matches for labels: grouping labels must ensure unique "
                              "matches")};
}

}  // namespace promlite::promql::internal
