#include "promlite/parser/promql/duration_expression.h"

#include <cmath>
#include <string>

#include "promlite/parser/text/durations.h"
#include "promlite/parser/text/go_min_max.h"
#include "promlite/parser/text/milliseconds.h"

namespace promlite::promql {
namespace {

using Op = DurationExpr::Op;

absl::Status ErrorAt(const DurationExpr& expr, std::string_view what) {
  return absl::InvalidArgumentError(std::to_string(expr.position.start) + ":" +
                                    std::to_string(expr.position.end) + ": " + std::string(what));
}

// The value of a calculated duration in seconds. The parser bounds the height of the tree.
absl::StatusOr<double> Evaluate(const DurationExpr& expr, const DurationContext& context) {
  double lhs = 0, rhs = 0;
  for (const auto& [side, value] : {std::pair(&expr.lhs, &lhs), std::pair(&expr.rhs, &rhs)}) {
    if (*side == nullptr) continue;
    absl::StatusOr<double> evaluated = Evaluate(**side, context);
    if (!evaluated.ok()) return evaluated;
    *value = *evaluated;
  }
  switch (expr.op) {
    case Op::kNumber:
      return expr.seconds;
    case Op::kStep:
      return context.step_seconds;
    case Op::kRange:
      return context.range_seconds;
    case Op::kMinOf:
      return internal::GoMin(lhs, rhs);
    case Op::kMaxOf:
      return internal::GoMax(lhs, rhs);
    case Op::kParen:
      return lhs;
    case Op::kNegate:
      return -lhs;
    case Op::kAdd:
      return lhs + rhs;
    case Op::kSub:
      return lhs - rhs;
    case Op::kMul:
      return lhs * rhs;
    case Op::kDiv:
      if (rhs == 0) return ErrorAt(expr, "division by zero");
      return lhs / rhs;
    case Op::kMod:
      if (rhs == 0) return ErrorAt(expr, "modulo by zero");
      return std::fmod(lhs, rhs);
    case Op::kPow:
      return std::pow(lhs, rhs);
  }
  return 0;
}

}  // namespace

absl::StatusOr<int64_t> EvaluateDuration(const Duration& duration, const DurationContext& context,
                                         DurationSign sign) {
  if (duration.expr == nullptr) return internal::TruncatedMilliseconds(duration.nanoseconds);
  const DurationExpr& expr = *duration.expr;
  const absl::StatusOr<double> seconds = Evaluate(expr, context);
  if (!seconds.ok()) return seconds.status();
  if (!std::isfinite(*seconds)) return ErrorAt(expr, "duration is NaN or infinite");
  if (*seconds <= 0 && sign == DurationSign::kMustBePositive) {
    return ErrorAt(expr, "duration must be greater than 0");
  }
  if (internal::IsDurationOutOfRange(*seconds)) return ErrorAt(expr, "duration is out of range");
  return static_cast<int64_t>(*seconds * 1000);
}

}  // namespace promlite::promql
