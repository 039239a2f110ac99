#include "promlite/engine/promql/plan/planner.h"
#include "promlite/parser/promql/ast.h"

namespace promlite::promql::internal {
namespace {

enum class Effect { kNone, kNeedsStatistics, kNeedsBuckets };

// What a node says of the selectors below it.
Effect EffectOf(const Expr& expr) {
  switch (expr.kind()) {
    case ExprKind::kSubquery:
      return Effect::kNeedsBuckets;
    case ExprKind::kBinary: {
      const BinaryOp op = As<BinaryExpr>(expr).op;
      const bool looks = op == BinaryOp::kTrimUpper || op == BinaryOp::kTrimLower ||
                         op == BinaryOp::kEqual || op == BinaryOp::kNotEqual;
      return looks ? Effect::kNeedsBuckets : Effect::kNone;
    }
    case ExprKind::kAggregate: {
      const bool looks = As<AggregateExpr>(expr).op == AggregateOp::kCountValues;
      return looks ? Effect::kNeedsBuckets : Effect::kNone;
    }
    case ExprKind::kCall: {
      const HistogramRule rule = As<Call>(expr).function->histograms;
      if (rule == HistogramRule::kStatistics) return Effect::kNeedsStatistics;
      return rule == HistogramRule::kBuckets ? Effect::kNeedsBuckets : Effect::kNone;
    }
    default:
      return Effect::kNone;
  }
}

// Collects the selectors below what needs statistics and not below what needs buckets.
class StatisticsSelectors {
 public:
  explicit StatisticsSelectors(absl::flat_hash_set<const VectorSelector*>* selectors)
      : selectors_(*selectors) {}

  void Enter(const Expr& expr) { Count(expr, 1); }
  void AfterChild(const Expr&, size_t) {}
  void Leave(const Expr& expr) {
    if (expr.kind() == ExprKind::kVectorSelector && statistics_ > 0 && buckets_ == 0) {
      selectors_.insert(&As<VectorSelector>(expr));
    }
    Count(expr, -1);
  }

 private:
  void Count(const Expr& expr, int by) {
    const Effect effect = EffectOf(expr);
    if (effect == Effect::kNeedsStatistics) statistics_ += by;
    if (effect == Effect::kNeedsBuckets) buckets_ += by;
  }

  absl::flat_hash_set<const VectorSelector*>& selectors_;
  int statistics_ = 0, buckets_ = 0;  // how many nodes above say so
};

}  // namespace

absl::Status NoteHistogramStatistics(PlanDraft* draft) {
  StatisticsSelectors selectors(&draft->statistics_selectors);
  WalkTree(*draft->plan.expr, &selectors);
  return absl::OkStatus();
}

}  // namespace promlite::promql::internal
