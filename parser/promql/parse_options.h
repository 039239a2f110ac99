#ifndef PROMLITE_PARSER_PROMQL_PARSE_OPTIONS_H_
#define PROMLITE_PARSER_PROMQL_PARSE_OPTIONS_H_

namespace promlite::promql {

// Which parts of PromQL are there: by default, those that a Prometheus 3.16 has without features.
struct ParseOptions {
  bool experimental_functions = false;  // promql-experimental-functions
  bool binop_fill_modifiers = false;    // promql-binop-fill-modifiers: fill, fill_left, fill_right
  bool unquoted_utf8_names = false;     // promql-unquoted-utf8-names: `http.requests`, `温度`
  bool extended_ranges = true;          // anchored, smoothed: Prometheus 2 has none
  bool exact_ranges = false;            // `x[1d] exact`, which is promlite's own
};

}  // namespace promlite::promql

#endif  // PROMLITE_PARSER_PROMQL_PARSE_OPTIONS_H_
