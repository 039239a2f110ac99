#include "promlite/parser/promql/duration_text.h"

#include <string_view>

#include "promlite/parser/text/number_text.h"

namespace promlite::promql::internal {
namespace {

using Op = DurationExpr::Op;

std::string_view OperatorText(Op op) {
  switch (op) {
    case Op::kAdd:
      return " + ";
    case Op::kSub:
      return " - ";
    case Op::kMul:
      return " * ";
    case Op::kDiv:
      return " / ";
    case Op::kMod:
      return " % ";
    default:
      return " ^ ";
  }
}

void Append(const DurationExpr& expr, std::string* out);

void AppendCall(std::string_view name, const DurationExpr& expr, std::string* out) {
  out->append(name).append("(");
  Append(*expr.lhs, out);
  out->append(", ");
  Append(*expr.rhs, out);
  out->append(")");
}

// The parser bounds the height of the tree.
void Append(const DurationExpr& expr, std::string* out) {
  switch (expr.op) {
    case Op::kNumber:
      out->append(NumberText(expr.seconds, expr.has_unit));
      break;
    case Op::kStep:
      out->append("step()");
      break;
    case Op::kRange:
      out->append("range()");
      break;
    case Op::kMinOf:
      AppendCall("min_of", expr, out);
      break;
    case Op::kMaxOf:
      AppendCall("max_of", expr, out);
      break;
    case Op::kParen:
      out->append("(");
      Append(*expr.lhs, out);
      out->append(")");
      break;
    case Op::kNegate:
      out->append("-");
      Append(*expr.lhs, out);
      break;
    default:
      Append(*expr.lhs, out);
      out->append(OperatorText(expr.op));
      Append(*expr.rhs, out);
  }
}

// Units end at milliseconds; what is finer (`x[0.0005]`) is printed in seconds, where Prometheus
// would print 0s, which it then refuses.
std::string LiteralText(int64_t nanoseconds) {
  constexpr int64_t kNanosecondsPerMillisecond = 1'000'000;
  if (nanoseconds % kNanosecondsPerMillisecond == 0) return FormatDuration(nanoseconds);
  return FormatWithoutExponent(SecondsFromNanoseconds(nanoseconds));
}

}  // namespace

std::string DurationText(const Duration& duration) {
  if (duration.expr == nullptr) return LiteralText(duration.nanoseconds);
  std::string text;
  Append(*duration.expr, &text);
  return text;
}

std::string NumberText(double seconds, bool has_unit) {
  if (!has_unit) return FormatWithoutExponent(seconds);
  // Rounded, where Prometheus cuts off and so prints 1s1ms as 1s.
  return FormatDuration(RoundToInt64(seconds * 1e9));
}

}  // namespace promlite::promql::internal
