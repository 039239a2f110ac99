#ifndef PROMLITE_ENGINE_PROMQL_FUNCTION_TABLE_H_
#define PROMLITE_ENGINE_PROMQL_FUNCTION_TABLE_H_

#include <memory>
#include <span>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "promlite/engine/blocks/block.h"
#include "promlite/engine/promql/functions/function_call.h"
#include "promlite/parser/promql/ast.h"
#include "promlite/parser/promql/namespaces.h"

namespace promlite::promql::internal {

// How a function is calculated from blocks: those of instant vectors, scalars and strings, and
// those that are applied to the rows of a function of range vectors (Function::rows_of). All other
// functions of range vectors are in kernels/range_kernels.h.
struct BlockFunction {
  absl::StatusOr<Block> (*run)(const FunctionCall& call) = nullptr;
  // What the function makes of a call's literal strings, once for a query, or what is wrong with
  // them, which is said before anything is evaluated; null: it makes nothing, and nothing can be.
  absl::StatusOr<std::unique_ptr<const PreparedCall>> (*prepare)(const Call& call) = nullptr;
};

struct NamedBlockFunction {
  std::string_view name;
  BlockFunction function;
};

// By name.
std::span<const NamedBlockFunction> AllBlockFunctions();

// The implementation of the function called `name`, or null if it is none of this table's.
const BlockFunction* FindBlockFunction(std::string_view name);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_ENGINE_PROMQL_FUNCTION_TABLE_H_
