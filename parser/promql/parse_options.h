#ifndef PROMLITE_PARSER_PROMQL_PARSE_OPTIONS_H_
#define PROMLITE_PARSER_PROMQL_PARSE_OPTIONS_H_

namespace promlite::promql {

// Which parts of PromQL a Prometheus operator has enabled; all off by default, as there.
struct ParseOptions {
  bool experimental_functions = false;    // promql-experimental-functions
  bool extended_range_selectors = false;  // promql-extended-range-selectors: anchored, smoothed
  bool binop_fill_modifiers = false;  // promql-binop-fill-modifiers: fill, fill_left, fill_right
  bool exact_ranges = false;          // `x[1d] exact`, which is promlite's own
};

}  // namespace promlite::promql

#endif  // PROMLITE_PARSER_PROMQL_PARSE_OPTIONS_H_
