#include "promlite/engine/promql/selector.h"

#include "promlite/engine/promql/plan/binding.h"
#include "promlite/parser/promql/parser.h"

namespace promlite::promql {

absl::StatusOr<std::vector<Matcher>> ParseSelector(std::string_view text) {
  const absl::StatusOr<ExprPtr> expr = Parse(text);
  if (!expr.ok()) return expr.status();
  if ((*expr)->kind() != ExprKind::kVectorSelector) {
    return absl::InvalidArgumentError("expected a selector such as up{job=\"node\"}");
  }
  return internal::CompileMatchers(As<VectorSelector>(**expr));
}

}  // namespace promlite::promql
