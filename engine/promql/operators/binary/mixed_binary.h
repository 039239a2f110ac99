#ifndef PROMLITE_ENGINE_PROMQL_OPERATORS_BINARY_MIXED_BINARY_H_
#define PROMLITE_ENGINE_PROMQL_OPERATORS_BINARY_MIXED_BINARY_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "promlite/engine/blocks/vector_matching.h"
#include "promlite/engine/promql/operators/binary/element_operation.h"
#include "promlite/engine/promql/operators/binary/histogram_operation.h"
#include "promlite/parser/promql/ast.h"

namespace promlite::promql::internal {

// A binary operator of two vectors where pairs of samples may have no result: one is a histogram
// and the operator is not for it, or it is for nothing else. To Prometheus such a pair has not met:
// it is no duplicate of others, and a missing sample may be filled in instead.
class MixedBinary {
 public:
  using Pair = VectorMatcher::Pair;

  // The pairs that may meet before step `end`. The expression, the operation and the matcher must
  // outlive this object.
  MixedBinary(const BinaryExpr& expr, const ElementOperation& operation,
              const VectorMatcher& matcher, size_t end);

  const std::vector<Pair>& pairs() const { return pairs_; }

  // Calculates row i of `result`, absent so far, from pair i. Notes problems in the order of
  // Prometheus.
  void Calculate(Block* result, StepProblems* problems);

  // After that. The first step before `end` at which two pairs have a result of the same match
  // group and, but for one-to-one matching, the same labels.
  std::optional<MatchConflict> FindConflict(const SeriesSet& series, size_t end) const;

 private:
  // The steps at which a pair meets, into scratch_.
  StepSpan StepsOf(const Pair& pair);
  Operand OperandAt(const Block& block, uint32_t row, double fill, size_t step) const;
  void CalculateHistograms(size_t index, StepSpan span, Block* result, StepProblems* problems);
  void CalculateNumbers(size_t index, StepSpan span, Block* result, StepProblems* problems);
  HistogramOutcome Operate(const Pair& pair, size_t step) const;

  const BinaryExpr& expr_;
  const ElementOperation& operation_;
  const VectorMatcher& matcher_;
  std::vector<Pair> pairs_;
  std::vector<double> many_fill_, one_fill_;
  // Of each pair: bits of the steps at which it has met.
  std::vector<std::vector<uint64_t>> met_;
  // Of each match group: those of any of its pairs so far. For filling in only.
  std::map<uint32_t, std::vector<uint64_t>> group_met_;
  std::vector<uint64_t> scratch_;
};

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_OPERATORS_BINARY_MIXED_BINARY_H_
