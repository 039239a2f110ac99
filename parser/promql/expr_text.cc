#include "promlite/parser/promql/expr_text.h"

#include <algorithm>
#include <cstdio>
#include <limits>
#include <string_view>
#include <utility>

#include "promlite/parser/text/durations.h"
#include "promlite/parser/text/milliseconds.h"
#include "promlite/parser/text/number_printing.h"
#include "promlite/parser/text/quoting.h"

namespace promlite::promql::internal {
namespace {

// ---- durations ------------------------------------------------------------------------------

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

// Units end at milliseconds; what is finer (`x[0.0005]`) is printed in seconds, where Prometheus
// would print 0s, which it then refuses.
std::string LiteralText(int64_t nanoseconds) {
  if (nanoseconds % kNanosecondsPerMillisecond == 0) return FormatDuration(nanoseconds);
  return GoFixed(SecondsFromNanoseconds(nanoseconds));
}

// A number of seconds that was written with units if `has_unit`, and is printed so.
std::string NumberText(double seconds, bool has_unit) {
  if (!has_unit) return GoFixed(seconds);
  // Rounded, where Prometheus cuts off and so prints 1s1ms as 1s.
  return FormatDuration(RoundToInt64(seconds * 1e9));
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

// A range, step or offset: `1h30m`, or the calculation that it is.
std::string DurationText(const Duration& duration) {
  if (duration.expr == nullptr) return LiteralText(duration.nanoseconds);
  std::string text;
  Append(*duration.expr, &text);
  return text;
}

// ---- nodes ----------------------------------------------------------------------------------

std::string LabelText(std::string_view name, UnquotedNames unquoted) {
  return IsUnquotedLabelName(name, unquoted) ? std::string(name) : DoubleQuoted(name);
}

std::string Join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string joined;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) joined.append(separator);
    joined.append(parts[i]);
  }
  return joined;
}

std::string LabelList(const std::vector<std::string>& labels, UnquotedNames unquoted) {
  std::vector<std::string> names;
  names.reserve(labels.size());
  for (const std::string& label : labels) names.push_back(LabelText(label, unquoted));
  return "(" + Join(names, ", ") + ")";
}

std::string_view MatchOpText(MatchOp op) {
  switch (op) {
    case MatchOp::kEqual:
      return "=";
    case MatchOp::kNotEqual:
      return "!=";
    case MatchOp::kRegexMatch:
      return "=~";
    case MatchOp::kRegexNoMatch:
      return "!~";
  }
  return "";
}

// The name and the matchers, sorted as text.
std::string SelectorCore(const VectorSelector& selector) {
  std::vector<std::string> matchers;
  for (const LabelMatcher& matcher : selector.matchers) {
    const bool is_the_name = matcher.name == "__name__" && matcher.op == MatchOp::kEqual &&
                             matcher.value == selector.name && !matcher.value.empty();
    if (is_the_name) continue;
    matchers.push_back(LabelText(matcher.name, selector.unquoted_names) +
                       std::string(MatchOpText(matcher.op)) + DoubleQuoted(matcher.value));
  }
  if (matchers.empty()) return selector.name.empty() ? "{}" : selector.name;
  std::sort(matchers.begin(), matchers.end());
  return selector.name + "{" + Join(matchers, ",") + "}";
}

std::string AtText(const AtModifier& at) {
  switch (at.kind) {
    case AtModifier::Kind::kNone:
      return "";
    case AtModifier::Kind::kStart:
      return " @ start()";
    case AtModifier::Kind::kEnd:
      return " @ end()";
    case AtModifier::Kind::kTimestamp:
      break;
  }
  char text[64];
  std::snprintf(text, sizeof text, " @ %.3f", static_cast<double>(at.timestamp_ms) / 1000.0);
  return text;
}

std::string OffsetText(const Duration& offset) {
  return offset.IsZeroLiteral() ? "" : " offset " + DurationText(offset);
}

std::string RangeModifierText(RangeModifier modifier) {
  if (modifier == RangeModifier::kNone) return "";
  return " " + std::string(RangeModifierName(modifier));
}

std::string VectorText(const VectorSelector& selector) {
  return SelectorCore(selector) + AtText(selector.at) + (RangeModifierText(selector.modifier)) +
         OffsetText(selector.offset);
}

std::string MatrixText(const MatrixSelector& matrix) {
  const VectorSelector& selector = *matrix.selector;
  return SelectorCore(selector) + "[" + DurationText(matrix.range) + "]" +
         (RangeModifierText(selector.modifier)) + AtText(selector.at) + OffsetText(selector.offset);
}

std::string MatchingText(const VectorMatching& matching) {
  const bool many_to_one = matching.cardinality == MatchCardinality::kManyToOne;
  const bool one_to_many = matching.cardinality == MatchCardinality::kOneToMany;
  const auto label_list = [&matching](const std::vector<std::string>& labels) {
    return LabelList(labels, matching.unquoted_names);
  };
  std::string text;
  if (!matching.labels.empty() || matching.on || many_to_one || one_to_many) {
    text.append(matching.on ? " on " : " ignoring ").append(label_list(matching.labels));
  }
  if (many_to_one) text.append(" group_left ").append(label_list(matching.include));
  if (one_to_many) text.append(" group_right ").append(label_list(matching.include));
  const auto append_fill = [&text](std::string_view word, double value) {
    text.append(word).append(" (").append(GoShortest(value)).append(")");
  };
  if (matching.fill_left.has_value() && matching.fill_left == matching.fill_right) {
    append_fill(" fill", *matching.fill_left);
    return text;
  }
  if (matching.fill_left.has_value()) append_fill(" fill_left", *matching.fill_left);
  if (matching.fill_right.has_value()) append_fill(" fill_right", *matching.fill_right);
  return text;
}

std::vector<TextPiece> CallPieces(const Call& call) {
  std::vector<TextPiece> pieces;
  pieces.push_back({std::string(call.function->name) + "("});
  for (const ExprPtr& argument : call.arguments) {
    if (argument != call.arguments.front()) pieces.push_back({", "});
    pieces.push_back({"", argument.get()});
  }
  pieces.push_back({")"});
  return pieces;
}

std::vector<TextPiece> AggregatePieces(const AggregateExpr& aggregate) {
  std::vector<TextPiece> pieces;
  pieces.push_back({AggregateHead(aggregate) + "("});
  if (aggregate.parameter != nullptr) {
    pieces.push_back({"", aggregate.parameter.get()});
    pieces.push_back({", "});
  }
  pieces.push_back({"", aggregate.expr.get()});
  pieces.push_back({")"});
  return pieces;
}

// The sign of +Inf, which Prometheus writes here too, would be taken for one of the whole power.
bool IsInfiniteBase(const BinaryExpr& binary) {
  return binary.op == BinaryOp::kPow && binary.lhs->kind() == ExprKind::kNumber &&
         As<NumberLiteral>(*binary.lhs).value == std::numeric_limits<double>::infinity();
}

std::vector<TextPiece> BinaryPieces(const BinaryExpr& binary) {
  TextPiece lhs{"", binary.lhs.get()};
  if (IsInfiniteBase(binary)) lhs = {"Inf", nullptr};
  return {lhs, {" " + OperatorAndModifiers(binary) + " "}, {"", binary.rhs.get()}};
}

}  // namespace

std::string_view SignText(UnaryOp op) { return op == UnaryOp::kMinus ? "-" : "+"; }

std::string AggregateHead(const AggregateExpr& aggregate) {
  std::string head(AggregateName(aggregate.op));
  if (!aggregate.without && aggregate.grouping.empty()) return head;
  return head + (aggregate.without ? " without " : " by ") +
         LabelList(aggregate.grouping, aggregate.unquoted_names) + " ";
}

std::string OperatorAndModifiers(const BinaryExpr& binary) {
  std::string text(BinaryOpName(binary.op));
  if (binary.return_bool) text.append(" bool");
  if (binary.matching.has_value()) text.append(MatchingText(*binary.matching));
  return text;
}

std::string SubquerySuffix(const SubqueryExpr& subquery) {
  const std::string step = subquery.step.has_value() ? DurationText(*subquery.step) : "";
  return "[" + DurationText(subquery.range) + ":" + step + "]" + AtText(subquery.at) +
         OffsetText(subquery.offset);
}

std::vector<TextPiece> TextPieces(const Expr& expr) {
  switch (expr.kind()) {
    case ExprKind::kNumber: {
      const auto& number = As<NumberLiteral>(expr);
      return {{NumberText(number.value, number.is_duration)}};
    }
    case ExprKind::kString:
      return {{DoubleQuoted(As<StringLiteral>(expr).value)}};
    case ExprKind::kVectorSelector:
      return {{VectorText(As<VectorSelector>(expr))}};
    case ExprKind::kMatrixSelector:
      return {{MatrixText(As<MatrixSelector>(expr))}};
    case ExprKind::kSubquery: {
      const auto& subquery = As<SubqueryExpr>(expr);
      return {{"", subquery.expr.get()}, {SubquerySuffix(subquery)}};
    }
    case ExprKind::kCall:
      return CallPieces(As<Call>(expr));
    case ExprKind::kAggregate:
      return AggregatePieces(As<AggregateExpr>(expr));
    case ExprKind::kBinary:
      return BinaryPieces(As<BinaryExpr>(expr));
    case ExprKind::kUnary: {
      const auto& unary = As<UnaryExpr>(expr);
      return {{std::string(SignText(unary.op))}, {"", unary.expr.get()}};
    }
    case ExprKind::kParen:
      return {{"("}, {"", As<ParenExpr>(expr).expr.get()}, {")"}};
  }
  return {};
}

}  // namespace promlite::promql::internal
