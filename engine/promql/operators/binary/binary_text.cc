#include "promlite/engine/promql/operators/binary/binary_text.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/parser/text/number_printing.h"

namespace promlite::promql::internal {

std::string DescribeBinary(const BinaryExpr& expr) {
  std::string text = absl::StrCat(Absl(BinaryOpName(expr.op)), expr.return_bool ? " bool" : "");
  if (!expr.matching) return text;
  const VectorMatching& matching = *expr.matching;
  if (matching.on || !matching.labels.empty()) {
    absl::StrAppend(&text, matching.on ? " on (" : " ignoring (",
                    absl::StrJoin(matching.labels, ", "), ")");
  }
  if (matching.cardinality == MatchCardinality::kManyToOne ||
      matching.cardinality == MatchCardinality::kOneToMany) {
    const bool left = matching.cardinality == MatchCardinality::kManyToOne;
    absl::StrAppend(&text, left ? " group_left (" : " group_right (",
                    absl::StrJoin(matching.include, ", "), ")");
  }
  if (matching.fill_left) {
    absl::StrAppend(&text, " fill_left (", GoShortest(*matching.fill_left), ")");
  }
  if (matching.fill_right) {
    absl::StrAppend(&text, " fill_right (", GoShortest(*matching.fill_right), ")");
  }
  return text;
}

}  // namespace promlite::promql::internal
