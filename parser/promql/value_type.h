#ifndef PROMLITE_PARSER_PROMQL_VALUE_TYPE_H_
#define PROMLITE_PARSER_PROMQL_VALUE_TYPE_H_

#include <string_view>

#include "promlite/parser/text/export.h"

namespace promlite::promql {

// The types of PromQL expressions.
enum class ValueType { kNone, kScalar, kVector, kMatrix, kString };

// The name in error messages: "none", "scalar", "instant vector", "range vector", "string".
PROMLITE_EXPORT std::string_view DocumentedName(ValueType type);

// The name in the HTTP API's "resultType": "none", "scalar", "vector", "matrix", "string".
PROMLITE_EXPORT std::string_view ResultTypeName(ValueType type);

}  // namespace promlite::promql

#endif  // PROMLITE_PARSER_PROMQL_VALUE_TYPE_H_
