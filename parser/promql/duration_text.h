#ifndef PROMLITE_PARSER_PROMQL_DURATION_TEXT_H_
#define PROMLITE_PARSER_PROMQL_DURATION_TEXT_H_

#include <string>

#include "promlite/parser/promql/ast.h"

namespace promlite::promql::internal {

// A range, step or offset: `1h30m`, or the calculation that it is.
std::string DurationText(const Duration& duration);

// A number of seconds that was written with units if `has_unit`, and is printed so.
std::string NumberText(double seconds, bool has_unit);

}  // namespace promlite::promql::internal

#endif  // PROMLITE_PARSER_PROMQL_DURATION_TEXT_H_
