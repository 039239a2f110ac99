#ifndef PROMLITE_APPS_REPL_OUTPUT_ERROR_CARET_H_
#define PROMLITE_APPS_REPL_OUTPUT_ERROR_CARET_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "promlite/parser/text/position.h"

namespace promlite::repl {

// The line of the query in which `range` begins and, below it, carets under the range as far as it
// lies in this line (one caret at least):
//
//   sum(rate(foo[5m]) by (type))
//                     ^^
//
// Lines longer than `width` cells are shortened around the place; a query of several lines has the
// line's number in front. Positions outside the query are moved into it.
std::string ErrorCaret(std::string_view query, PositionRange range, size_t width);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_OUTPUT_ERROR_CARET_H_
