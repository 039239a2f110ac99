#ifndef PROMLITE_ENGINE_FUNCTION_TABLE_H_
#define PROMLITE_ENGINE_FUNCTION_TABLE_H_

#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "promlite/engine/block.h"
#include "promlite/engine/functions/function_call.h"
#include "promlite/parser/ast.h"

namespace promlite::internal {

// Functions of instant vectors, scalars and strings. Those of range vectors are in
// kernels/range_kernels.h.
using BlockFunction = absl::StatusOr<Block> (*)(const FunctionCall& call);

// The implementation of the function called `name`, or null if it is none of this table's.
BlockFunction FindBlockFunction(std::string_view name);

// What is wrong with a call's literal strings.
using CallCheck = absl::Status (*)(const Call& call);

// The check of the function called `name`, or null if it has none.
CallCheck FindCallCheck(std::string_view name);

}  // namespace promlite::internal

#endif  // PROMLITE_ENGINE_FUNCTION_TABLE_H_
