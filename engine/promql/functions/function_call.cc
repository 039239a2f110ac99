#include "promlite/engine/promql/functions/function_call.h"

#include "promlite/parser/promql/ast.h"

namespace promlite::promql::internal {

const std::string& StringArgument(const Call& call, size_t index) {
  return As<StringLiteral>(Unparenthesized(*call.arguments[index])).value;
}

}  // namespace promlite::promql::internal
