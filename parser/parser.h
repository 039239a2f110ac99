#ifndef PROMLITE_PARSER_PARSER_H_
#define PROMLITE_PARSER_PARSER_H_

#include <string_view>

#include "absl/status/statusor.h"
#include "promlite/parser/ast.h"

namespace promlite {

// Which parts of PromQL a Prometheus operator has enabled; all off by default, as there.
struct ParseOptions {
  bool experimental_functions = false;    // promql-experimental-functions
  bool extended_range_selectors = false;  // promql-extended-range-selectors: anchored, smoothed
  bool binop_fill_modifiers = false;  // promql-binop-fill-modifiers: fill, fill_left, fill_right
  bool exact_ranges = false;          // `x[1d] exact`, which is promlite's own
};

// Parses and type-checks a query. Accepts and refuses what Prometheus 3.14 does, with its messages:
// an InvalidArgument status "1:7: parse error: unexpected ..." whose range in the query
// ErrorPosition() tells. Beyond Prometheus, refuses queries of more than 4 MiB, more than 1,024
// parentheses, calls and aggregations inside each other, trees more than 6,144 nodes high, and
// calculated durations more than 512 operations high. Safe to call from many threads.
absl::StatusOr<ExprPtr> Parse(std::string_view query, const ParseOptions& options = {});

}  // namespace promlite

#endif  // PROMLITE_PARSER_PARSER_H_
