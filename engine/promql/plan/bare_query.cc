#include <utility>

#include "promlite/engine/promql/operators/leaves/range_vector.h"
#include "promlite/engine/promql/plan/planner.h"

namespace promlite::promql::internal {
namespace {

absl::Status PlanRangeSelector(const MatrixSelector& matrix, PlanDraft* draft) {
  const RangeModifier modifier = matrix.selector->modifier;
  if (modifier == RangeModifier::kExact) {
    return absl::FailedPreconditionError(AllowedFunctions(modifier));
  }
  absl::StatusOr<RangeVector> range = SelectorRange(matrix, draft->plan.grid, draft->settings);
  if (!range.ok()) return range.status();
  draft->plan.bare_range = *std::move(range);
  return absl::OkStatus();
}

absl::Status PlanSubquery(const SubqueryExpr& subquery, PlanDraft* draft) {
  const absl::StatusOr<RangeVector> range =
      SubqueryRange(subquery, draft->plan.grid, draft->settings);
  if (!range.ok()) return range.status();
  draft->plan.grid = *range->subquery_grid;
  draft->root = subquery.expr.get();
  return absl::OkStatus();
}

}  // namespace

absl::Status PlanBareQuery(PlanDraft* draft) {
  const QuerySettings& settings = draft->settings;
  Plan& plan = draft->plan;
  const Expr& inside = Unparenthesized(*plan.expr);
  plan.grid = settings.grid;
  plan.type = settings.is_range_query ? ValueType::kMatrix : inside.type();
  switch (inside.kind()) {
    case ExprKind::kString:
      return absl::OkStatus();
    case ExprKind::kMatrixSelector:
      return PlanRangeSelector(As<MatrixSelector>(inside), draft);
    case ExprKind::kSubquery:
      return PlanSubquery(As<SubqueryExpr>(inside), draft);
    default:
      draft->root = plan.expr.get();
      return absl::OkStatus();
  }
}

}  // namespace promlite::promql::internal
