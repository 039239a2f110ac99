#include "promlite/engine/operators/aggregate.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "promlite/engine/operators/fold.h"
#include "promlite/storage/absl_compat.h"

namespace promlite::internal {

std::string AggregateOperator::Describe() const {
  std::string text = absl::StrCat(Absl(AggregateName(expr_.op)));
  if (expr_.without || !expr_.grouping.empty()) {
    absl::StrAppend(&text, expr_.without ? " without (" : " by (",
                    absl::StrJoin(expr_.grouping, ", "), ")");
  }
  return text;
}

absl::StatusOr<Block> AggregateOperator::EvaluateStreaming(ExecContext&, const StepGrid&,
                                                           RowReader&, const Block*) const {
  return absl::InternalError("this aggregation takes no rows batch by batch");
}

Grouping AggregateOperator::MakeGrouping(ExecContext& context) const {
  return Grouping(context.symbols, expr_.grouping,
                  expr_.without ? Grouping::Labels::kAllExcept : Grouping::Labels::kOnly);
}

std::unique_ptr<Operator> MakeAggregate(const AggregateExpr& expr) {
  return std::make_unique<FoldOperator>(expr);
}

}  // namespace promlite::internal
