#ifndef PROMLITE_ENGINE_PROMQL_FUNCTIONS_FUNCTION_CALL_H_
#define PROMLITE_ENGINE_PROMQL_FUNCTIONS_FUNCTION_CALL_H_

#include <cstddef>
#include <span>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "promlite/engine/blocks/block.h"
#include "promlite/engine/run/query_context.h"
#include "promlite/parser/promql/ast.h"
#include "promlite/parser/promql/namespaces.h"

namespace promlite::promql::internal {

// What a function makes of the literal strings of a call, once for a query: a compiled regular
// expression, for one. Immutable.
class PreparedCall {
 public:
  virtual ~PreparedCall() = default;
};

// One call of a function on blocks, all steps at once.
struct FunctionCall {
  ExecContext& context;
  // The call as written (parentheses round its arguments still there: see Unparenthesized()): for
  // literal strings, the selector of absent(), positions of annotations.
  const Call& call;
  const StepGrid& grid;
  // One for each argument; null for string literals and for range vectors. The argument of
  // absent_over_time is the block of present_over_time.
  std::span<const Block* const> arguments;
  // What the function's preparation returned; null for most.
  const PreparedCall* prepared = nullptr;
};

// Argument `index`, a string literal by its type.
inline const std::string& StringArgument(const Call& call, size_t index) {
  return As<StringLiteral>(Unparenthesized(*call.arguments[index])).value;
}

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_FUNCTIONS_FUNCTION_CALL_H_
