#include "promlite/parser/promql/duration_expression.h"

#include <cmath>
#include <limits>
#include <string>

#include "promlite/parser/text/number_text.h"

namespace promlite::promql {
namespace {

using Op = DurationExpr::Op;

absl::Status ErrorAt(const DurationExpr& expr, std::string_view what) {
  return absl::InvalidArgumentError(std::to_string(expr.position.start) + ":" +
                                    std::to_string(expr.position.end) + ": " + std::string(what));
}

// Go's math.Min and math.Max: an infinity in the direction wanted beats NaN, NaN beats the rest,
// and -0 is less than +0.
double Smaller(double a, double b) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  if (a == -kInfinity || b == -kInfinity) return -kInfinity;
  if (std::isnan(a) || std::isnan(b)) return std::numeric_limits<double>::quiet_NaN();
  if (a == 0 && b == 0) return std::signbit(a) ? a : b;
  return a < b ? a : b;
}

double Larger(double a, double b) { return -Smaller(-a, -b); }

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
      return Smaller(lhs, rhs);
    case Op::kMaxOf:
      return Larger(lhs, rhs);
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
  constexpr int64_t kNanosecondsPerMillisecond = 1'000'000;
  if (duration.expr == nullptr) return duration.nanoseconds / kNanosecondsPerMillisecond;
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
