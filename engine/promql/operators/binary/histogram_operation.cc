#include "promlite/engine/promql/operators/binary/histogram_operation.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "promlite/engine/histograms/arithmetic.h"
#include "promlite/engine/histograms/trim.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/parser/text/number_printing.h"
#include "promlite/parser/text/quoting.h"

namespace promlite::promql::internal {
namespace {

HistogramOutcome Failed(BinaryProblem problem) {
  HistogramOutcome outcome;
  outcome.failed = true;
  outcome.problem = problem;
  return outcome;
}

HistogramOutcome Result(Histogram histogram) {
  RemoveEmptyBuckets(&histogram);
  HistogramOutcome outcome;
  outcome.histogram = std::make_shared<const Histogram>(std::move(histogram));
  outcome.holds = true;
  return outcome;
}

HistogramOutcome Add(const Histogram& lhs, const Histogram& rhs, bool subtracts) {
  Histogram result = lhs;
  const HistogramMerge merge =
      subtracts ? SubtractHistogram(rhs, &result) : AddHistogram(rhs, &result);
  if (!merge.compatible) return Failed(BinaryProblem::kIncompatibleBuckets);
  if (merge.hints_collided) {
    return Failed(subtracts ? BinaryProblem::kSubtractionCollided
                            : BinaryProblem::kAdditionCollided);
  }
  if (subtracts) result.hint = CounterResetHint::kGauge;
  HistogramOutcome outcome = Result(std::move(result));
  if (merge.bounds_reconciled) {
    outcome.problem =
        subtracts ? BinaryProblem::kSubtractionReconciled : BinaryProblem::kAdditionReconciled;
  }
  return outcome;
}

HistogramOutcome Compared(bool holds) {
  HistogramOutcome outcome;
  outcome.holds = holds;
  return outcome;
}

HistogramOutcome OfTwoHistograms(BinaryOp op, const Histogram& lhs, const Histogram& rhs) {
  switch (op) {
    case BinaryOp::kAdd:
      return Add(lhs, rhs, /*subtracts=*/false);
    case BinaryOp::kSub:
      return Add(lhs, rhs, /*subtracts=*/true);
    case BinaryOp::kEqual:
      return Compared(SameHistogram(lhs, rhs));
    case BinaryOp::kNotEqual:
      return Compared(!SameHistogram(lhs, rhs));
    default:
      return Failed(BinaryProblem::kHistogramHistogram);
  }
}

HistogramOutcome OfHistogramAndNumber(BinaryOp op, Histogram histogram, double number) {
  switch (op) {
    case BinaryOp::kMul:
      MultiplyHistogram(number, &histogram);
      return Result(std::move(histogram));
    case BinaryOp::kDiv:
      DivideHistogram(number, &histogram);
      return Result(std::move(histogram));
    case BinaryOp::kTrimUpper:
    case BinaryOp::kTrimLower: {
      const bool upper = op == BinaryOp::kTrimUpper;
      TrimHistogram(number, upper ? TrimKeeps::kBelow : TrimKeeps::kAbove, &histogram);
      HistogramOutcome outcome;
      outcome.histogram = std::make_shared<const Histogram>(std::move(histogram));
      outcome.holds = true;
      return outcome;
    }
    default:
      return Failed(BinaryProblem::kHistogramFloat);
  }
}

std::string IncompatibleTypes(const std::string& op, const char* lhs, const char* rhs) {
  return absl::StrCat("incompatible sample types encountered for binary operator ",
                      DoubleQuoted(op), ": ", lhs, " ", op, " ", rhs);
}

void RaiseProblem(BinaryProblem problem, const BinaryExpr& expr, ExecContext& context) {
  const std::string op(BinaryOpName(expr.op));
  const PositionRange position = expr.position;
  Annotations& annotations = context.annotations;
  switch (problem) {
    case BinaryProblem::kNone:
      return;
    case BinaryProblem::kFloatFloat:
      return annotations.Info(IncompatibleTypes(op, "float", "float"), position);
    case BinaryProblem::kFloatHistogram:
      return annotations.Info(IncompatibleTypes(op, "float", "histogram"), position);
    case BinaryProblem::kHistogramFloat:
      return annotations.Info(IncompatibleTypes(op, "histogram", "float"), position);
    case BinaryProblem::kHistogramHistogram:
      return annotations.Info(IncompatibleTypes(op, "histogram", "histogram"), position);
    case BinaryProblem::kIncompatibleBuckets:
      return annotations.Warn(
          absl::StrCat("incompatible bucket layout encountered for binary operator ", op),
          position);
    case BinaryProblem::kAdditionCollided:
      return annotations.Warn("conflicting counter resets during histogram addition", position);
    case BinaryProblem::kSubtractionCollided:
      return annotations.Warn("conflicting counter resets during histogram subtraction", position);
    case BinaryProblem::kAdditionReconciled:
      return annotations.Info("mismatched custom buckets were reconciled during addition",
                              position);
    case BinaryProblem::kSubtractionReconciled:
      return annotations.Info("mismatched custom buckets were reconciled during subtraction",
                              position);
  }
}

}  // namespace

void StepProblems::Raise(const BinaryExpr& expr, ExecContext& context) const {
  BinaryProblem raised = BinaryProblem::kNone;
  for (const BinaryProblem problem : last_) {
    if (problem != raised) RaiseProblem(problem, expr, context);
    raised = problem;
  }
}

HistogramOutcome OperateOnHistograms(BinaryOp op, const Operand& lhs, const Operand& rhs) {
  if (lhs.histogram != nullptr && rhs.histogram != nullptr) {
    return OfTwoHistograms(op, *lhs.histogram, *rhs.histogram);
  }
  if (lhs.histogram != nullptr) return OfHistogramAndNumber(op, *lhs.histogram, rhs.number);
  // Multiplication is the only one for which the histogram may stand on the right.
  if (op != BinaryOp::kMul) return Failed(BinaryProblem::kFloatHistogram);
  return OfHistogramAndNumber(op, *rhs.histogram, lhs.number);
}

}  // namespace promlite::promql::internal
