#ifndef PROMLITE_PARSER_VALUE_TYPE_H_
#define PROMLITE_PARSER_VALUE_TYPE_H_

#include <string_view>

namespace promlite {

// The types of PromQL expressions.
enum class ValueType { kNone, kScalar, kVector, kMatrix, kString };

// The name in error messages: "none", "scalar", "instant vector", "range vector", "string".
std::string_view DocumentedName(ValueType type);

// The name in the HTTP API's "resultType": "none", "scalar", "vector", "matrix", "string".
std::string_view ResultTypeName(ValueType type);

}  // namespace promlite

#endif  // PROMLITE_PARSER_VALUE_TYPE_H_
