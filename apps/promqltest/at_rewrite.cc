#include "promlite/apps/promqltest/at_rewrite.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_format.h"
#include "promlite/engine/step_invariance.h"
#include "promlite/parser/ast_walk.h"
#include "promlite/parser/parser.h"
#include "promlite/parser/printer.h"

namespace promlite::promqltest {
namespace {

constexpr ParseOptions kEverything{
    .experimental_functions = true, .extended_range_selectors = true, .binop_fill_modifiers = true};

// Where the query's text wants an `@`.
struct Places {
  std::vector<int32_t> ends;
  bool depends_on_time = false;
};

void AddPlace(const AtModifier& at, const Expr& expr, Places* places) {
  if (at.kind == AtModifier::Kind::kNone) places->ends.push_back(expr.position.end);
}

Places FindPlaces(const Expr& root) {
  Places places;
  std::vector<const Expr*> stack = {&root};
  while (!stack.empty()) {
    const Expr& expr = *stack.back();
    stack.pop_back();
    switch (expr.kind()) {
      case ExprKind::kVectorSelector:
        AddPlace(As<VectorSelector>(expr).at, expr, &places);
        continue;
      case ExprKind::kMatrixSelector:
        AddPlace(As<MatrixSelector>(expr).selector->at, expr, &places);
        continue;
      case ExprKind::kSubquery:
        AddPlace(As<SubqueryExpr>(expr).at, expr, &places);
        continue;
      case ExprKind::kCall:
        places.depends_on_time |= internal::DependsOnEvaluationTime(As<Call>(expr).function->name);
        break;
      default:
        break;
    }
    for (size_t i = 0; i < ChildCount(expr); ++i) stack.push_back(&Child(expr, i));
  }
  std::sort(places.ends.begin(), places.ends.end());
  return places;
}

}  // namespace

absl::StatusOr<std::optional<std::string>> RewriteWithAt(std::string_view query, absl::Time time) {
  absl::StatusOr<ExprPtr> expr = Parse(query, kEverything);
  if (!expr.ok()) return expr.status();
  const Places places = FindPlaces(**expr);
  if (places.depends_on_time) return std::nullopt;
  const std::string at =
      absl::StrFormat(" @ %.3f", static_cast<double>(absl::ToUnixMillis(time)) / 1000);
  std::string text(query);
  for (auto end = places.ends.rbegin(); end != places.ends.rend(); ++end) text.insert(*end, at);
  // Printed canonically, as the reference does it, which is a test of printing as well.
  absl::StatusOr<ExprPtr> fixed = Parse(text, kEverything);
  if (!fixed.ok()) return fixed.status();
  return Print(**fixed);
}

}  // namespace promlite::promqltest
