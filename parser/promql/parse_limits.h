#ifndef PROMLITE_PARSER_PROMQL_PARSE_LIMITS_H_
#define PROMLITE_PARSER_PROMQL_PARSE_LIMITS_H_

#include <cstddef>
#include <cstdint>

#include "promlite/parser/promql/namespaces.h"

namespace promlite::promql::internal {

// What keeps a query's memory and the height of its tree bounded. Prometheus has no such limits.

// Bytes of a query.
inline constexpr size_t kMaxQueryBytes = size_t{4} << 20;

// Parentheses, calls and aggregations inside each other.
inline constexpr int32_t kMaxNesting = 1024;

// Nodes from the root to the deepest leaf; a chain of 5,000 operands is 5,000 high.
inline constexpr int32_t kMaxTreeHeight = 6144;

// The same for the tree of a calculated duration, which is walked by recursion.
inline constexpr int32_t kMaxDurationHeight = 512;

}  // namespace promlite::promql::internal

#endif  // PROMLITE_PARSER_PROMQL_PARSE_LIMITS_H_
