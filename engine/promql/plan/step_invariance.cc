#include <algorithm>
#include <utility>

#include "promlite/engine/promql/plan/planner.h"
#include "promlite/parser/promql/ast.h"

namespace promlite::promql::internal {
namespace {

bool HasAt(const AtModifier& at) { return at.kind != AtModifier::Kind::kNone; }

class Invariance {
 public:
  void Visit(const Expr& expr) {
    if (IsInvariant(expr)) invariant_.insert(&expr);
  }
  absl::flat_hash_set<const Expr*> Take() { return std::move(invariant_); }

 private:
  bool Has(const ExprPtr& expr) const { return invariant_.contains(expr.get()); }

  bool IsInvariant(const Expr& expr) const {
    switch (expr.kind()) {
      case ExprKind::kNumber:
      case ExprKind::kString:
        return true;
      case ExprKind::kVectorSelector:
        return HasAt(As<VectorSelector>(expr).at);
      case ExprKind::kMatrixSelector:
        return HasAt(As<MatrixSelector>(expr).selector->at);
      case ExprKind::kSubquery:
        return HasAt(As<SubqueryExpr>(expr).at);
      case ExprKind::kAggregate:
        return Has(As<AggregateExpr>(expr).expr);
      case ExprKind::kBinary:
        return Has(As<BinaryExpr>(expr).lhs) && Has(As<BinaryExpr>(expr).rhs);
      case ExprKind::kUnary:
        return Has(As<UnaryExpr>(expr).expr);
      case ExprKind::kParen:
        return Has(As<ParenExpr>(expr).expr);
      case ExprKind::kCall:
        return IsInvariantCall(As<Call>(expr));
    }
    return false;
  }

  bool IsInvariantCall(const Call& call) const {
    const bool arguments = std::all_of(call.arguments.begin(), call.arguments.end(),
                                       [this](const ExprPtr& argument) { return Has(argument); });
    if (!arguments) return false;
    // timestamp(selector @ t) is the sample's own time and may be taken once.
    return call.function->time != TimeRule::kStep || IsAspectOfSelector(call);
  }

  absl::flat_hash_set<const Expr*> invariant_;
};

}  // namespace

absl::Status NoteStepInvariance(PlanDraft* draft) {
  Invariance invariance;
  ForEachPostOrder(*draft->plan.expr, [&](const Expr& expr) { invariance.Visit(expr); });
  draft->step_invariant = invariance.Take();
  return absl::OkStatus();
}

}  // namespace promlite::promql::internal
