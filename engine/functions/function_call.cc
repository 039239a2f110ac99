#include "promlite/engine/functions/function_call.h"

#include "promlite/parser/ast_walk.h"

namespace promlite::internal {

const std::string& StringArgument(const Call& call, size_t index) {
  return As<StringLiteral>(Unparenthesized(*call.arguments[index])).value;
}

}  // namespace promlite::internal
