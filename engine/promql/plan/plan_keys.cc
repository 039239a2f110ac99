#include "promlite/engine/promql/plan/plan_keys.h"

#include <bit>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "promlite/parser/promql/ast.h"
#include "promlite/parser/promql/printer.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/parser/text/quoting.h"

namespace promlite::promql::internal {
namespace {

bool IsSelectorLike(const Expr& expr) {
  return expr.kind() == ExprKind::kVectorSelector || expr.kind() == ExprKind::kMatrixSelector;
}

// Text of a number would be rounded.
uint64_t Bits(double value) { return std::bit_cast<uint64_t>(value); }

// Functions whose annotations count how often they were raised run as often as they are written.
bool CountsItsAnnotations(const Call& call, const EngineOptions& options) {
  switch (call.function->counted) {
    case CountedAnnotations::kNone:
      return false;
    case CountedAnnotations::kAlways:
      return true;
    case CountedAnnotations::kWithStartTimes:
      return options.use_start_timestamps;
  }
  return false;
}

}  // namespace

std::string AggregateKey(const AggregateExpr& expr) {
  std::string key = absl::StrCat(Absl(AggregateName(expr.op)), expr.without ? " without" : " by");
  for (const std::string& label : expr.grouping) absl::StrAppend(&key, "\n", DoubleQuoted(label));
  if (expr.parameter && expr.parameter->type() == ValueType::kString) {
    absl::StrAppend(&key, "\nlabel ",
                    DoubleQuoted(As<StringLiteral>(Unparenthesized(*expr.parameter)).value));
  }
  return key;
}

std::string BinaryKey(const BinaryExpr& expr) {
  std::string key = absl::StrCat(Absl(BinaryOpName(expr.op)), expr.return_bool ? " bool" : "");
  if (!expr.matching) return key;
  const VectorMatching& matching = *expr.matching;
  absl::StrAppend(&key, " ", static_cast<int>(matching.cardinality), matching.on ? " on" : "");
  for (const std::string& label : matching.labels) absl::StrAppend(&key, "\n", DoubleQuoted(label));
  absl::StrAppend(&key, "\ninclude");
  for (const std::string& label : matching.include)
    absl::StrAppend(&key, "\n", DoubleQuoted(label));
  if (matching.fill_left) absl::StrAppend(&key, "\nfill_left ", Bits(*matching.fill_left));
  if (matching.fill_right) absl::StrAppend(&key, "\nfill_right ", Bits(*matching.fill_right));
  return key;
}

std::string CallKey(const Call& call, const EngineOptions& options) {
  std::string key(call.function->name);
  if (CountsItsAnnotations(call, options)) absl::StrAppend(&key, "\nat ", call.position.start);
  for (const ExprPtr& argument : call.arguments) {
    const Expr& inside = Unparenthesized(*argument);
    if (inside.type() == ValueType::kString || IsSelectorLike(inside)) {
      absl::StrAppend(&key, "\n", Print(inside));
    }
  }
  return key;
}

}  // namespace promlite::promql::internal
