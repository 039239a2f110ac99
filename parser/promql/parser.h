#ifndef PROMLITE_PARSER_PROMQL_PARSER_H_
#define PROMLITE_PARSER_PROMQL_PARSER_H_

#include <string_view>

#include "absl/status/statusor.h"
#include "promlite/parser/promql/ast.h"
#include "promlite/parser/promql/parse_options.h"
#include "promlite/parser/text/export.h"

namespace promlite::promql {

// Parses and type-checks a query. Accepts and refuses what Prometheus 3.16 does, with its messages:
// an InvalidArgument status "1:7: parse error: unexpected ..." whose range in the query
// ErrorPosition() tells. Beyond Prometheus, refuses queries of more than 4 MiB, more than 1,024
// parentheses, calls and aggregations inside each other, trees more than 6,144 nodes high, and
// calculated durations more than 512 operations high. Safe to call from many threads.
PROMLITE_EXPORT absl::StatusOr<ExprPtr> Parse(std::string_view query,
                                              const ParseOptions& options = {});

}  // namespace promlite::promql

#endif  // PROMLITE_PARSER_PROMQL_PARSER_H_
