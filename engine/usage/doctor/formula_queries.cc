#include "promlite/engine/usage/doctor/formula_queries.h"

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "promlite/parser/promql/parser.h"
#include "promlite/parser/promql/printer.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/storage/labels/labels.h"

namespace promlite::internal {
namespace {

// Not a name with dots, nor a keyword.
bool MayStandBeforeBraces(std::string_view metric) {
  const absl::StatusOr<promql::ExprPtr> expr = promql::Parse(metric);
  return expr.ok() && (*expr)->kind() == promql::ExprKind::kVectorSelector &&
         promql::As<promql::VectorSelector>(**expr).name == metric;
}

}  // namespace

std::string FormulaQuery(Formula formula, std::string_view selector, std::string_view range) {
  const std::string window = absl::StrCat(Absl(selector), "[", Absl(range), "]");
  switch (formula) {
    case Formula::kExact:
    case Formula::kAnchored:
    case Formula::kSmoothed:
      return absl::StrCat("increase(", window, " ", Absl(FormulaName(formula)), ")");
    case Formula::kAnchoredWithStarts:
      return FormulaQuery(Formula::kAnchored, selector, range);
    case Formula::kIncrease:
      return absl::StrCat("increase(", window, ")");
    case Formula::kMax:
      return absl::StrCat("max_over_time(", window, ")");
    case Formula::kMaxMinusMin:
      break;
  }
  return absl::StrCat("max_over_time(", window, ") - min_over_time(", window, ")");
}

std::string SelectorOfMetric(const promql::VectorSelector* selector, std::string_view metric) {
  promql::VectorSelector narrowed;
  if (MayStandBeforeBraces(metric)) narrowed.name = std::string(metric);
  if (selector != nullptr) {
    for (const promql::LabelMatcher& matcher : selector->matchers) {
      if (matcher.name != kMetricName) narrowed.matchers.push_back(matcher);
    }
  }
  narrowed.matchers.push_back(
      {std::string(kMetricName), promql::MatchOp::kEqual, std::string(metric)});
  return promql::Print(narrowed);
}

}  // namespace promlite::internal
