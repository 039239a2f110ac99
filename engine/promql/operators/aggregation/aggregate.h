#ifndef PROMLITE_ENGINE_PROMQL_OPERATORS_AGGREGATION_AGGREGATE_H_
#define PROMLITE_ENGINE_PROMQL_OPERATORS_AGGREGATION_AGGREGATE_H_

#include <memory>
#include <string>
#include <string_view>

#include "promlite/engine/blocks/grouping.h"
#include "promlite/engine/promql/operator.h"
#include "promlite/parser/promql/ast.h"

namespace promlite::promql::internal {

// An aggregation over groups of series. Inputs: the vector and, where the aggregation has one that
// is a scalar, the parameter's block.
class AggregateOperator : public Operator {
 public:
  explicit AggregateOperator(const AggregateExpr& expr) : expr_(expr) {}

  std::string Describe() const override;

 protected:
  // `by` or `without`, as the expression says.
  Grouping MakeGrouping(ExecContext& context) const;

  const AggregateExpr& expr_;
};

// The info that an aggregation of numbers had histograms among its samples.
void InfoIgnoredHistogram(std::string_view aggregation, PositionRange position,
                          ExecContext& context);

// The operator for an aggregation. `expr` outlives it.
std::unique_ptr<Operator> MakeAggregate(const AggregateExpr& expr);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_OPERATORS_AGGREGATION_AGGREGATE_H_
