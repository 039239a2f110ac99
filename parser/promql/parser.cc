#include "promlite/parser/promql/parser.h"

#include <memory>
#include <string>

#include "promlite/parser/promql/expression_parser.h"
#include "promlite/parser/promql/parse_errors.h"
#include "promlite/parser/promql/parse_limits.h"
#include "promlite/parser/promql/type_check.h"

namespace promlite::promql {

absl::StatusOr<ExprPtr> Parse(std::string_view query, const ParseOptions& options) {
  try {
    if (query.size() > internal::kMaxQueryBytes) {
      internal::Fail({0, 0}, "query of " + std::to_string(query.size()) +
                                 " bytes is too long: at most " +
                                 std::to_string(internal::kMaxQueryBytes) + " are allowed");
    }
    const std::shared_ptr<Expr> root = internal::ParseExpression(query, options);
    internal::CheckTypes(root, query);
    return ExprPtr(root);
  } catch (const internal::ParseFailure& failure) {
    return internal::ParseErrorStatus(query, failure);
  }
}

}  // namespace promlite::promql
