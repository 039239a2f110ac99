#include "promlite/apps/promqltest/at_rewrite.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_format.h"
#include "promlite/apps/promqltest/language.h"
#include "promlite/parser/promql/ast.h"
#include "promlite/parser/promql/parser.h"
#include "promlite/parser/promql/printer.h"

namespace promlite::promqltest {
namespace {

// Where the query's text wants an `@`.
struct Places {
  std::vector<int32_t> ends;
  bool depends_on_time = false;
};

void AddPlace(const promql::AtModifier& at, const promql::Expr& expr, Places* places) {
  if (at.kind == promql::AtModifier::Kind::kNone) places->ends.push_back(expr.position.end);
}

Places FindPlaces(const promql::Expr& root) {
  Places places;
  std::vector<const promql::Expr*> stack = {&root};
  while (!stack.empty()) {
    const promql::Expr& expr = *stack.back();
    stack.pop_back();
    switch (expr.kind()) {
      case promql::ExprKind::kVectorSelector:
        AddPlace(promql::As<promql::VectorSelector>(expr).at, expr, &places);
        continue;
      case promql::ExprKind::kMatrixSelector:
        AddPlace(promql::As<promql::MatrixSelector>(expr).selector->at, expr, &places);
        continue;
      case promql::ExprKind::kSubquery:
        AddPlace(promql::As<promql::SubqueryExpr>(expr).at, expr, &places);
        continue;
      case promql::ExprKind::kCall:
        places.depends_on_time |=
            promql::As<promql::Call>(expr).function->time != promql::TimeRule::kIndependent;
        break;
      default:
        break;
    }
    for (size_t i = 0; i < promql::ChildCount(expr); ++i) stack.push_back(&promql::Child(expr, i));
  }
  std::sort(places.ends.begin(), places.ends.end());
  return places;
}

}  // namespace

absl::StatusOr<std::optional<std::string>> RewriteWithAt(std::string_view query, absl::Time time) {
  absl::StatusOr<promql::ExprPtr> expr = promql::Parse(query, kEverything);
  if (!expr.ok()) return expr.status();
  const Places places = FindPlaces(**expr);
  if (places.depends_on_time) return std::nullopt;
  const std::string at =
      absl::StrFormat(" @ %.3f", static_cast<double>(absl::ToUnixMillis(time)) / 1000);
  std::string text(query);
  for (auto end = places.ends.rbegin(); end != places.ends.rend(); ++end) text.insert(*end, at);
  // Printed canonically, as the reference does it, which is a test of printing as well.
  absl::StatusOr<promql::ExprPtr> fixed = promql::Parse(text, kEverything);
  if (!fixed.ok()) return fixed.status();
  return promql::Print(**fixed);
}

}  // namespace promlite::promqltest
