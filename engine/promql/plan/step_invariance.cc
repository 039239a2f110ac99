#include <optional>
#include <utility>

#include "promlite/engine/promql/plan/info_reference.h"
#include "promlite/engine/promql/plan/planner.h"
#include "promlite/parser/promql/ast.h"

namespace promlite::promql::internal {
namespace {

bool HasAt(const AtModifier& at) { return at.kind != AtModifier::Kind::kNone; }

class Invariance {
 public:
  explicit Invariance(const QuerySettings& settings) : settings_(settings) {}

  void Visit(const Expr& expr) {
    if (IsInvariant(expr)) invariant_.insert(&expr);
  }
  // Not OK if a duration cannot be.
  const absl::Status& status() const { return status_; }
  absl::flat_hash_set<const Expr*> Take() { return std::move(invariant_); }

 private:
  bool Has(const ExprPtr& expr) const { return invariant_.contains(expr.get()); }

  bool IsInvariant(const Expr& expr) {
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

  bool IsInvariantCall(const Call& call) {
    for (size_t i = 0; i < call.arguments.size(); ++i) {
      if (call.function->label_matchers != i && !Has(call.arguments[i])) return false;
    }
    // Info series are looked up at each step if their vector has no one reference time.
    if (call.function->label_matchers && !HasReference(*call.arguments[0])) return false;
    // timestamp(selector @ t) is the sample's own time and may be taken once.
    return call.function->time != TimeRule::kStep || IsAspectOfSelector(call);
  }

  bool HasReference(const Expr& vector) {
    const absl::StatusOr<std::optional<InfoReference>> found = FindInfoReference(vector, settings_);
    if (!found.ok()) status_ = found.status();
    return found.ok() && found->has_value();
  }

  const QuerySettings& settings_;
  absl::Status status_;
  absl::flat_hash_set<const Expr*> invariant_;
};

}  // namespace

absl::Status NoteStepInvariance(PlanDraft* draft) {
  Invariance invariance(draft->settings);
  ForEachPostOrder(*draft->plan.expr, [&](const Expr& expr) { invariance.Visit(expr); });
  draft->step_invariant = invariance.Take();
  return invariance.status();
}

}  // namespace promlite::promql::internal
