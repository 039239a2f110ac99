#include "promlite/engine/promql/operators/aggregation/aggregate.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "promlite/engine/promql/operators/aggregation/count_values.h"
#include "promlite/engine/promql/operators/aggregation/fold.h"
#include "promlite/engine/promql/operators/aggregation/limit.h"
#include "promlite/engine/promql/operators/aggregation/quantile.h"
#include "promlite/engine/promql/operators/aggregation/topk.h"
#include "promlite/parser/text/absl_compat.h"

namespace promlite::promql::internal {

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
