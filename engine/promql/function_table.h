#ifndef PROMLITE_ENGINE_PROMQL_FUNCTION_TABLE_H_
#define PROMLITE_ENGINE_PROMQL_FUNCTION_TABLE_H_

#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "promlite/engine/blocks/block.h"
#include "promlite/engine/promql/functions/function_call.h"
#include "promlite/parser/promql/ast.h"

namespace promlite::promql::internal {

// Functions of instant vectors, scalars and strings. Those of range vectors are in
// kernels/range_kernels.h.
using BlockFunction = absl::StatusOr<Block> (*)(const FunctionCall& call);

// The implementation of the function called `name`, or null if it is none of this table's.
BlockFunction FindBlockFunction(std::string_view name);

// What is wrong with a call's literal strings.
using CallCheck = absl::Status (*)(const Call& call);

// The check of the function called `name`, or null if it has none.
CallCheck FindCallCheck(std::string_view name);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_FUNCTION_TABLE_H_
