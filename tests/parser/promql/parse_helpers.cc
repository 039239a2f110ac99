#include "promlite/tests/parser/promql/parse_helpers.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>

#include "promlite/parser/promql/ast.h"
#include "promlite/parser/promql/printer.h"
#include "promlite/parser/text/position.h"

namespace promlite::promql {
namespace {

std::string DumpNumber(double value) {
  // All NaNs are one: the sign of one that is printed is lost, and means nothing.
  if (std::isnan(value)) return "NaN";
  return std::to_string(std::bit_cast<uint64_t>(value));
}

std::string DumpDuration(const DurationExpr& expr) {
  std::string text = "(" + std::to_string(static_cast<int>(expr.op));
  if (expr.op == DurationExpr::Op::kNumber) {
    text += " " + DumpNumber(expr.seconds) + (expr.has_unit ? "u" : "");
  }
  if (expr.lhs != nullptr) text += DumpDuration(*expr.lhs);
  if (expr.rhs != nullptr) text += DumpDuration(*expr.rhs);
  return text + ")";
}

std::string DumpDuration(const Duration& duration) {
  if (duration.expr != nullptr) return DumpDuration(*duration.expr);
  return std::to_string(duration.nanoseconds) + "ns";
}

std::string DumpAt(const AtModifier& at) {
  return " @" + std::to_string(static_cast<int>(at.kind)) + ":" + std::to_string(at.timestamp_ms);
}

std::string DumpSelector(const VectorSelector& selector) {
  std::string text = "select " + selector.name;
  // Printing sorts the matchers, and their order means nothing.
  std::vector<std::string> matchers;
  for (const LabelMatcher& matcher : selector.matchers) {
    matchers.push_back(matcher.name + " " + std::to_string(static_cast<int>(matcher.op)) + " " +
                       matcher.value);
  }
  std::sort(matchers.begin(), matchers.end());
  for (const std::string& matcher : matchers) text += " {" + matcher + "}";
  return text + DumpAt(selector.at) + " offset " + DumpDuration(selector.offset) + " " +
         std::to_string(static_cast<int>(selector.modifier));
}

std::string DumpLabels(const std::vector<std::string>& labels) {
  std::string text = "(";
  for (const std::string& label : labels) text += label + ",";
  return text + ")";
}

std::string DumpMatching(const BinaryExpr& binary) {
  if (!binary.matching.has_value()) return " no matching";
  const VectorMatching& matching = *binary.matching;
  std::string text = " card " + std::to_string(static_cast<int>(matching.cardinality)) +
                     (matching.on ? " on " : " ignoring ") + DumpLabels(matching.labels) +
                     DumpLabels(matching.include);
  if (matching.fill_left.has_value()) text += " left " + DumpNumber(*matching.fill_left);
  if (matching.fill_right.has_value()) text += " right " + DumpNumber(*matching.fill_right);
  return text;
}

// What a node is, without its children.
std::string DumpNode(const Expr& expr) {
  switch (expr.kind()) {
    case ExprKind::kNumber: {
      const auto& number = As<NumberLiteral>(expr);
      return DumpNumber(number.value) + (number.is_duration ? "u" : "");
    }
    case ExprKind::kString:
      return "'" + As<StringLiteral>(expr).value + "'";
    case ExprKind::kVectorSelector:
      return DumpSelector(As<VectorSelector>(expr));
    case ExprKind::kMatrixSelector:
      return "range " + DumpDuration(As<MatrixSelector>(expr).range);
    case ExprKind::kSubquery: {
      const auto& subquery = As<SubqueryExpr>(expr);
      return "subquery " + DumpDuration(subquery.range) + ":" +
             (subquery.step.has_value() ? DumpDuration(*subquery.step) : "") + DumpAt(subquery.at) +
             " offset " + DumpDuration(subquery.offset);
    }
    case ExprKind::kCall:
      return std::string(As<Call>(expr).function->name);
    case ExprKind::kAggregate: {
      const auto& aggregate = As<AggregateExpr>(expr);
      return std::string(AggregateName(aggregate.op)) + (aggregate.without ? " without " : " by ") +
             DumpLabels(aggregate.grouping);
    }
    case ExprKind::kBinary: {
      const auto& binary = As<BinaryExpr>(expr);
      return std::string(BinaryOpName(binary.op)) + (binary.return_bool ? " bool" : "") +
             DumpMatching(binary);
    }
    case ExprKind::kUnary:
      return As<UnaryExpr>(expr).op == UnaryOp::kMinus ? "negate" : "plus";
    case ExprKind::kParen:
      return "paren";
  }
  return "";
}

std::string_view KindName(ExprKind kind) {
  switch (kind) {
    case ExprKind::kNumber:
      return "NumberLiteral";
    case ExprKind::kString:
      return "StringLiteral";
    case ExprKind::kVectorSelector:
      return "VectorSelector";
    case ExprKind::kMatrixSelector:
      return "MatrixSelector";
    case ExprKind::kSubquery:
      return "SubqueryExpr";
    case ExprKind::kCall:
      return "Call";
    case ExprKind::kAggregate:
      return "AggregateExpr";
    case ExprKind::kBinary:
      return "BinaryExpr";
    case ExprKind::kUnary:
      return "UnaryExpr";
    case ExprKind::kParen:
      return "ParenExpr";
  }
  return "";
}

class Dumper {
 public:
  void Enter(const Expr& expr) {
    text += "[" + DumpNode(expr) + " :" + std::string(ResultTypeName(expr.type()));
  }
  void AfterChild(const Expr&, size_t) {}
  void Leave(const Expr&) { text += "]"; }

  std::string text;
};

}  // namespace

ParseOptions AllOptions() {
  ParseOptions options;
  options.experimental_functions = true;
  options.exact_ranges = true;
  options.binop_fill_modifiers = true;
  return options;
}

ExprPtr MustParse(std::string_view query) {
  absl::StatusOr<ExprPtr> expr = Parse(query, AllOptions());
  if (expr.ok()) return *std::move(expr);
  ADD_FAILURE() << query << "\n" << expr.status().message();
  return std::make_shared<StringLiteral>();
}

std::string ErrorOf(std::string_view query, const ParseOptions& options) {
  const absl::StatusOr<ExprPtr> expr = Parse(query, options);
  if (expr.ok()) return "parsed: " + Print(**expr);
  EXPECT_EQ(expr.status().code(), absl::StatusCode::kInvalidArgument);
  return std::string(expr.status().message());
}

std::string ErrorRangeOf(std::string_view query, const ParseOptions& options) {
  const std::optional<PositionRange> range = ErrorPosition(Parse(query, options).status());
  if (!range.has_value()) return "none";
  return std::to_string(range->start) + "-" + std::to_string(range->end);
}

std::string Dump(const Expr& expr) {
  Dumper dumper;
  WalkTree(expr, &dumper);
  return dumper.text;
}

std::string DumpPositions(const Expr& expr) {
  std::string text(KindName(expr.kind()));
  text += "[" + std::to_string(expr.position.start) + "," + std::to_string(expr.position.end) + ")";
  const size_t children = ChildCount(expr);
  const bool parameter_first = expr.kind() == ExprKind::kAggregate && children == 2;
  for (size_t i = 0; i < children; ++i) {
    text += DumpPositions(Child(expr, parameter_first ? 1 - i : i));
  }
  return text + ";";
}

}  // namespace promlite::promql
