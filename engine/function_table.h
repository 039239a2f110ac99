#ifndef PROMLITE_ENGINE_FUNCTION_TABLE_H_
#define PROMLITE_ENGINE_FUNCTION_TABLE_H_

#include <span>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "promlite/engine/block.h"
#include "promlite/engine/exec_context.h"
#include "promlite/parser/ast.h"

namespace promlite::internal {

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
};

// Functions of instant vectors, scalars and strings. Those of range vectors are in
// kernels/range_kernels.h.
using BlockFunction = absl::StatusOr<Block> (*)(const FunctionCall& call);

// The implementation of the function called `name`, or null if it is none of this table's.
BlockFunction FindBlockFunction(std::string_view name);

// What is wrong with a call's literal strings.
using CallCheck = absl::Status (*)(const Call& call);

// The check of the function called `name`, or null if it has none.
CallCheck FindCallCheck(std::string_view name);

// Argument `index`, a string literal by its type.
const std::string& StringArgument(const Call& call, size_t index);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_FUNCTION_TABLE_H_
