#ifndef PROMLITE_ENGINE_PROMQL_OPERATORS_BINARY_VECTOR_BINARY_H_
#define PROMLITE_ENGINE_PROMQL_OPERATORS_BINARY_VECTOR_BINARY_H_

#include <span>
#include <string>
#include <vector>

#include "promlite/engine/blocks/vector_matching.h"
#include "promlite/engine/promql/operator.h"
#include "promlite/engine/promql/operators/binary/element_operation.h"
#include "promlite/parser/promql/ast.h"

namespace promlite::promql::internal {

// Arithmetic, comparison and trim operators of two vectors, matched one-to-one, many-to-one or
// one-to-many, missing samples filled in where the query says so.
class VectorBinaryOperator final : public Operator {
 public:
  explicit VectorBinaryOperator(const BinaryExpr& expr)
      : expr_(expr), operation_(expr.op, expr.return_bool) {}

  std::string Describe() const override;
  absl::StatusOr<Block> Evaluate(ExecContext& context, const StepGrid& grid,
                                 std::span<const Block* const> inputs) const override;

 private:
  // Where samples may be histograms, or the operator is for nothing else.
  absl::StatusOr<Block> EvaluateMixed(ExecContext& context, const VectorMatcher& matcher) const;
  absl::StatusOr<Block> FinishResult(ExecContext& context, Block result) const;
  // Prometheus goes step by step: equal series before the conflict's step are the error.
  absl::Status FirstError(ExecContext& context, const MatchConflict& conflict, Block result) const;
  SeriesSet ResultSeries(ExecContext& context, const VectorMatcher& matcher,
                         const std::vector<VectorMatcher::Pair>& pairs) const;
  void Compute(ExecContext& context, const VectorMatcher& matcher,
               const std::vector<VectorMatcher::Pair>& pairs, Block* result) const;

  const BinaryExpr& expr_;
  const ElementOperation operation_;
};

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_OPERATORS_BINARY_VECTOR_BINARY_H_
