#ifndef PROMLITE_PARSER_PROMQL_FUNCTIONS_H_
#define PROMLITE_PARSER_PROMQL_FUNCTIONS_H_

#include <span>
#include <string_view>
#include <vector>

#include "promlite/parser/promql/value_type.h"

namespace promlite::promql {

// The signature of one PromQL function. This one table is read by the type check, the engine, the
// completion of the shell and the documentation.
struct FunctionSignature {
  std::string_view name;
  std::vector<ValueType> arguments;
  // As in Prometheus: 0 = exactly `arguments`; v > 0 = the last argument may be missing or stand up
  // to v times; -1 = the last argument may be missing or repeated without bound.
  int variadic = 0;
  ValueType result = ValueType::kVector;
  // Needs ParseOptions::experimental_functions.
  bool experimental = false;
  // One sentence for completion and documentation.
  std::string_view summary;
};

// The function called `name` (case-sensitive), or null.
const FunctionSignature* FindFunction(std::string_view name);

// All functions, sorted by name.
std::span<const FunctionSignature> AllFunctions();

}  // namespace promlite::promql

#endif  // PROMLITE_PARSER_PROMQL_FUNCTIONS_H_
